import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, type Page, type TestInfo } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { isWhole } from '../simulator/sample.fixture.ts'
import { type Answer, OWN_PACK, type Simulator, served, test, testToken, textOf, unfold } from './support.ts'

/** A pack of which one scenario passes, one fails in its second step, and one cannot be played by a page. */
const OWN = `${OWN_PACK}      - status: note
        expect: { event: registered }
  - id: mine-fails
    title: A note is refused
    proves: [write-location]
    steps:
      - search: { type: Composition }
        expect: { status: 200 }
      - name: an author that is not a list
        submit: { fixture: note, spoil: single-object }
        expect: { status: 202 }
      - name: nobody comes here
        search: { type: Bundle }
  - id: mine-cannot
    title: Another Host header
    proves: [write-hosts]
    steps:
      - request: { url: '{jft-read}/v1/Composition', host: other.example }
`

/** Writes the pack, and goes to its scenarios. */
async function write(page: Page, text = OWN): Promise<void> {
  await page.goto('./?lang=en#/scenarios?tab=own')
  await page.getByRole('textbox', { name: 'Your own pack' }).fill(text)
  await page.getByRole('link', { name: 'To its scenarios' }).click()
}

/** Runs the pack, and waits for its end. */
async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run mine' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(
    /^Finished: 1 passed, 1 failed, 1 skipped in /,
  )
}

const tree = (page: Page) => page.getByRole('navigation', { name: 'Packs and scenarios' })

/** One pack is written and run, and what the page says of it is looked at from all sides. */
test('a pack is run, and each scenario appears as it ends, with its steps, requirements and reports', async ({
  page,
  inPage,
}, info) => {
  await write(page)
  await run(page)
  await test.step('each scenario is in the log and in the tree', () => inLogAndTree(page))
  await test.step('the reports are downloaded; the HTML one opens on its own', () => reported(page, info))
  await test.step('the requirements say which are kept, broken and not exercised', () => byRequirement(page))
  await test.step('a failed step shows what was expected, and its exchange', () => failedStep(page))
  // In the demo a link to another sandbox loads the page again, and with it a fresh simulator.
  if (!inPage) await test.step('which opens in the Traffic view of its sandbox', () => inTraffic(page))
  await test.step('what failed is found, and run again', () => rerun(page))
})

async function inLogAndTree(page: Page): Promise<void> {
  const log = page.getByRole('region', { name: /^Results/ }).getByRole('listitem')
  await expect(log.filter({ hasText: 'passed' })).toContainText('mine/mine-passes')
  await expect(log.filter({ hasText: 'skipped' })).toContainText(
    'needs another Host header, which is not possible from here',
  )
  await expect(tree(page).getByRole('link', { name: 'failed: A note is refused mine-fails' })).toBeVisible()
}

async function reported(page: Page, info: TestInfo): Promise<void> {
  const download = async (format: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Download ${format}`, exact: true }).click(),
    ])
    const path = info.outputPath(file.suggestedFilename())
    await file.saveAs(path)
    return path
  }
  const json = await download('JSON')
  expect(json).toMatch(/jft-contract\.json$/)
  expect(JSON.parse(readFileSync(json, 'utf8')).totals).toEqual({ passed: 1, failed: 1, skipped: 1 })
  const junit = await download('JUnit')
  expect(readFileSync(junit, 'utf8')).toContain('<testsuites name="JFT contract" tests="3" failures="1" errors="0"')
  const testReport = await download('FHIR TestReport')
  expect(JSON.parse(readFileSync(testReport, 'utf8')).entry[0].resource.result).toBe('fail')

  const html = await download('HTML')
  const report = await page.context().newPage()
  await report.goto(pathToFileURL(html).href)
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('JFT contract failed')
  await expect(report.getByRole('group').filter({ hasText: 'mine-fails' }).first()).toContainText(
    'an author that is not a list',
  )
  await report.close()
}

async function byRequirement(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Requirements' }).click()
  const rows = page.getByRole('list', { name: 'Requirements' }).getByRole('listitem')
  await expect(rows).toHaveText([/^broken\s*write-location/, /^not exercised\s*write-hosts/, /^kept\s*write-202/])
  await page.getByRole('button', { name: /^not exercised/ }).click()
  await expect(rows).toHaveCount(1)
  await rows.getByRole('link', { name: 'mine-cannot' }).click()
  await expect(page.getByRole('heading', { name: 'Another Host header' })).toBeVisible()
}

async function failedStep(page: Page): Promise<void> {
  await tree(page)
    .getByRole('link', { name: /A note is refused/ })
    .click()
  await expect(page).toHaveURL(/#\/scenarios\/mine\/mine-fails$/)
  await expect(page.getByRole('region', { name: 'What it proves' })).toContainText('JFT WriteAPI overview')
  const steps = page.getByRole('region', { name: /^Steps/ }).locator('.scenario-step')
  await expect(steps.nth(1)).toContainText('an author that is not a list')
  await expect(steps.nth(1).locator('.difference')).toHaveText(/status.*- 202.*\+ 400/s)
  await expect(steps.nth(1).getByRole('article')).toContainText('author must be a list; you sent one object')
  await expect(
    steps.nth(1).getByRole('region', { name: 'Request', exact: true }).locator('[data-marked=true]'),
  ).toHaveText(/"author"/)
  await expect(steps.nth(2)).toContainText('not reached')
}

async function inTraffic(page: Page): Promise<void> {
  const [traffic] = await Promise.all([
    page.waitForEvent('popup'),
    page
      .getByRole('link', { name: /^Open in Traffic/ })
      .last()
      .click(),
  ])
  await unfold(traffic)
  await expect(traffic.getByRole('list', { name: 'Steps' })).toContainText('r4-array-expected')
  await expect(traffic).toHaveURL(/sandbox=.*mine-fails#\/exchanges\/x\d+/)
  await traffic.close()
}

async function rerun(page: Page): Promise<void> {
  await page.goto('./?lang=en#/scenarios/mine')
  await page.getByRole('button', { name: /^failed/ }).click()
  await expect(page).toHaveURL(/q=is%3Afailed/)
  await expect(tree(page).getByRole('link')).toHaveCount(1)
  await page.getByRole('button', { name: 'Rerun 1 failed' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(/^Finished: 0 passed, 1 failed/)
}

/** Of a sample the smaller one. */
const SHIPPED = isWhole ? 'auth' : 'identifiers'

test('a shipped pack is run in the browser, and all of it passes', async ({ page }) => {
  await page.goto(`./?lang=en#/scenarios/${SHIPPED}`)
  await page.getByRole('button', { name: `Run ${SHIPPED}` }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(/^Finished: \d+ passed, 0 failed/, {
    timeout: 120_000,
  })
})

test('the faults of an own pack are told as one types, with line and key', async ({ page }) => {
  await page.goto('./?lang=en#/scenarios?tab=own')
  const text = page.getByRole('textbox', { name: 'Your own pack' })
  await text.fill(OWN.replace('save: note', 'savee: note').replace('write-202', 'write-203'))
  const faults = page.getByRole('region', { name: '1 error' })
  await expect(faults).toContainText('scenarios.0.steps.0.submit.savee')
  await expect(faults).toContainText('There is no key savee. Did you mean save?')
  await expect(page.locator('.cm-lintRange-error')).toHaveText('savee')
  await page.getByRole('button', { name: 'Go to line 8, column 34' }).click()
  await expect(text).toBeFocused()

  await text.fill(OWN.replace('write-202', 'write-203'))
  await expect(faults).toContainText('There is no requirement write-203. Did you mean write-202?')
})

test('the URL is the state: tab, pack, scenario, search and seed', async ({ page }) => {
  await page.goto('./?lang=en#/scenarios/auth/auth-single-tenant-token?q=single&seed=7')
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('single')
  await expect(page.getByLabel('Seed')).toHaveValue('7')
  await expect(
    page
      .getByRole('region', { name: /^Steps/ })
      .locator('.scenario-step')
      .first(),
  ).toContainText('token')
  await page.goto('./?lang=nb#/scenarios/auth/nothing')
  await expect(page.getByText('Scenariet finnes ikke')).toBeVisible()
})

test('a scenario is chosen and run by keys', async ({ page }) => {
  await write(page)
  await expect(tree(page)).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/mine\/mine-passes/)
  // A key goes to what is there: the scenario is drawn after the URL has changed.
  await expect(page.getByRole('heading', { level: 2, name: 'A note is accepted' })).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(/^Finished: 1 passed, 0 failed/)
  await page.keyboard.press('g')
  await expect(page).toHaveURL(/#\/scenarios\/mine$/)
})

/** Plays the client that a scenario waits for: sends a resource where the page says. */
async function sendAsTold(page: Page, simulator: Simulator, resource: object): Promise<Answer> {
  const line = await page
    .getByRole('region', { name: 'Waits for a request' })
    .getByText(/^POST http/)
    .textContent()
  const url = new URL(line?.replace('POST ', '') ?? '')
  const wishes = {
    audience: 'nhn:jft',
    dPoPProofParameters: { htuClaimValue: url.href, htmClaimValue: 'POST' },
    clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593', clientName: 'Journalsystemet' },
  }
  const credentials = await testToken(simulator, wishes, /^\/s\/[^/]+/.exec(url.pathname)?.[0])
  const headers = { 'content-type': 'application/json', ...credentials }
  return simulator.send(url.pathname, { method: 'POST', headers, body: textOf(resource) })
}

const reachable = served('in the demo no other client reaches the simulator')
test(
  'a step waits for a request of another client, and continues with its answer',
  reachable,
  async ({ page, simulator }) => {
    await page.goto('./?lang=en#/scenarios/own-client/own-first-event')
    await page.getByRole('button', { name: 'Run', exact: true }).last().click()
    const panel = page.getByRole('region', { name: 'Waits for a request' })
    await expect(panel).toContainText('Submit an event of any kind for the municipality 313231593')
    await expect(panel).toContainText('{access token}')
    await expect(panel.getByRole('timer')).toHaveText(/^1[45]:\d\d$/)
    await expect(panel.getByRole('region', { name: 'Body' })).toContainText('"Composition"')
    await panel.getByText('The same with curl').click()
    await expect(panel.locator('pre')).toContainText('/ttt/v2/create-test-token-with-key')

    const note = noteFactory.build()
    expect((await sendAsTold(page, simulator, { ...note, author: note.author[0] })).status).toBe(400)
    await expect(panel.getByRole('listitem')).toContainText('r4-array-expected')
    expect((await sendAsTold(page, simulator, note)).status).toBe(202)
    await expect(panel).toHaveCount(0)
    await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(/^Finished: 1 passed/)
    const step = page.locator('.scenario-step').first()
    await step.getByText('submit an event').click()
    await expect(step.getByText(/^POST \/s\//)).toBeVisible()
  },
)

test('what waits is skipped by hand; a run of many packs waits for nobody', reachable, async ({ page }) => {
  await page.goto('./?lang=en#/scenarios/own-client')
  await page.getByRole('button', { name: 'Run own-client' }).click()
  await page.getByRole('alert').getByRole('link', { name: 'own-client/own-first-token' }).click()
  await page.getByRole('button', { name: 'Skip', exact: true }).click()
  await page.getByRole('alert').getByRole('link', { name: 'own-client/own-first-event' }).click()
  await expect(page.getByRole('button', { name: 'Skip', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(
    /^Finished: 0 passed, 0 failed, 2 skipped/,
  )

  await write(page, OWN.replace('A note is accepted', 'A note before the first token'))
  await page.getByRole('combobox', { name: 'Search' }).fill('"first token"')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Run the \d+ found$/ }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(
    /^Finished: [1-9]\d* passed, 0 failed, 1 skipped/,
  )
  await page.getByRole('link', { name: /^skipped/ }).click()
  await expect(page.getByText('waits for your own client')).toBeVisible()
})
