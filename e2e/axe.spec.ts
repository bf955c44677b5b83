import { expect, type Page } from '@playwright/test'
import { noteFactory, patientFactory } from '../fixtures/index.ts'
import { formsOf } from '../simulator/sample.fixture.ts'
import { violations, violationsInForms, WIDTHS } from './axe.ts'
import { eventOf, exchangeOf, type OwnSandbox, type Simulator, served, test, textOf, type Vendor } from './support.ts'

const NOTE = noteFactory.build()
const PERSON = patientFactory.build()
const REFUSED = { ...NOTE, author: NOTE.author[0] }

const view = (hash: string) => async () => `./?lang=en#/${hash}`
/** Every view and description page: its name, and its URL, after what it shows was sent. */
const PAGES: Readonly<Record<string, (vendor: Vendor) => Promise<string>>> = {
  'the overview': view(''),
  events: view('events'),
  persons: view('persons'),
  'refused submissions': view('rejected'),
  traffic: view('exchanges'),
  validate: view('validate'),
  scenarios: view('scenarios'),
  'the world': view('world'),
  rules: view('rules'),
  'a view that is not there': view('nowhere'),
  'an event': async (vendor) => view(`events/${eventOf(await vendor.submit(NOTE))}`)(),
  'a person': async (vendor) => view(`persons/${(await vendor.handOver(PERSON)).id}`)(),
  'a refused submission': async (vendor) => view(`rejected/${exchangeOf(await vendor.submit(REFUSED))}`)(),
  'a refused exchange': async (vendor) => view(`exchanges/${exchangeOf(await vendor.submit(REFUSED))}`)(),
  'an accepted exchange': async (vendor) => view(`exchanges/${exchangeOf(await vendor.submit(NOTE))}`)(),
  'the description of the WriteAPI': async () => '/write/swagger',
  'the description of the ReadAPI': async () => '/read/swagger',
}

test.describe('axe finds no violation, light and dark', () => {
  const details = served('the same elements are in the demo, but for the banner and the overview')
  for (const [name, urlOf] of Object.entries(PAGES))
    test(`on ${name}, wide and narrow`, details, async ({ page, vendor }) => {
      await page.goto(await urlOf(vendor))
      expect(await violationsInForms(page, name, () => settled(page))).toEqual([])
    })

  test('on the overview below the banner of the demo', { tag: '@static' }, async ({ page }) => {
    await page.goto('./?lang=en#/')
    await expect(page.getByRole('complementary')).toContainText('nothing is sent anywhere')
    expect(await violationsInForms(page, 'the demo', () => settled(page))).toEqual([])
  })

  for (const width of formsOf('what is opened', WIDTHS))
    test.describe(`${width} pixels wide`, () => {
      test.use({ viewport: { width, height: 850 } })

      test('while something is typed, offered or explained', details, async ({ page, vendor }) => {
        await page.goto('./?lang=en#/validate')
        await vendor.submit(REFUSED)
        await page.getByRole('textbox', { name: 'Payload' }).fill(textOf(REFUSED))
        await expect(page.getByRole('listitem').filter({ hasText: 'author' }).first()).toBeVisible()
        expect.soft(await violations(page, 'a payload with faults'), 'a payload with faults').toEqual([])
        await page.keyboard.press('Control+f')
        await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused()
        expect.soft(await violations(page, 'the search of the editor'), 'the search of the editor').toEqual([])

        await page.goto('./?lang=en#/rejected')
        await page.getByRole('combobox', { name: 'Search' }).fill('ru')
        await expect(page.getByRole('listbox', { name: 'Completions' }).getByRole('option').first()).toBeVisible()
        expect.soft(await violations(page, 'completions'), 'completions').toEqual([])

        await page.getByRole('heading', { level: 1 }).click()
        await page.keyboard.press('?')
        const help = page.getByRole('dialog')
        await expect(help).toBeVisible()
        expect.soft(await violations(page, 'help', help), 'help').toEqual([])
      })

      test('in any dialog of the world, nor with what it says', details, async ({ page, simulator, sandbox }) => {
        await simulator.send(`/_sim/sandboxes/${sandbox.name}/snapshots/one`, { method: 'POST' })
        await simulator.put(`${sandbox.path}/_sim/settings`, { countMax: 60, contentTypes: ['text/plain'] })
        await page.goto(sandbox.page('world'))
        for (const name of ['Custom failure', 'Edit VKP’s register', 'Register a client', 'Restore one', 'Reset']) {
          await page.getByRole('button', { name, exact: true }).click()
          const dialog = page.getByRole('dialog')
          await expect(dialog.getByRole('status', { name: 'Loading' })).toHaveCount(0)
          if (name === 'Custom failure') await dialog.getByLabel('Effect').selectOption('latency')
          if (name === 'Register a client') {
            await dialog.getByRole('button', { name: 'Make a key pair here' }).click()
            await expect(dialog).toContainText('the only copy of the private key')
            await dialog.getByRole('button', { name: 'Register', exact: true }).click()
            await expect(dialog).toContainText('Registered as')
          }
          expect.soft(await violations(page, name, dialog), name).toEqual([])
          await page.keyboard.press('Escape')
          await expect(dialog).toHaveCount(0)
        }

        await page.goto(sandbox.page('rules'))
        await expect(page.getByText('2 differ from their defaults')).toBeVisible()
        const settings = page.getByRole('region', { name: 'Undocumented points' })
        expect.soft(await violations(page, 'changed settings', settings), 'changed settings').toEqual([])

        await page.goto(sandbox.page('world'))
        await page.getByLabel('Open a case file').setInputFiles({
          name: 'a.case.json',
          mimeType: 'application/json',
          buffer: Buffer.from(await differingCase(simulator, sandbox)),
        })
        await expect(page.getByRole('list', { name: 'Differences' })).toBeVisible()
        const files = page.getByRole('region', { name: 'Case files' })
        expect.soft(await violations(page, 'a replayed case file', files), 'a replayed case file').toEqual([])

        await page.goto(sandbox.page(''))
        await expect(page.getByRole('region', { name: 'Pages per search' })).toBeVisible()
        expect.soft(await violations(page, 'charts'), 'charts').toEqual([])
      })

      test('with scenarios that were run, of a pack of one’s own', details, async ({ page }) => {
        await page.goto('./?lang=en#/scenarios?tab=own')
        const text = page.getByRole('textbox', { name: 'Your own pack' })
        await text.fill(FAILING_PACK.replace('status', 'stauts'))
        await expect(page.getByRole('region', { name: '1 error' })).toBeVisible()
        expect.soft(await violations(page, 'a pack with a fault'), 'a pack with a fault').toEqual([])

        await text.fill(FAILING_PACK)
        await page.getByRole('link', { name: 'To its scenarios' }).click()
        await page.getByRole('button', { name: 'Run mine' }).click()
        await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toBeVisible()
        expect.soft(await violations(page, 'the tree and the log'), 'the tree and the log').toEqual([])

        await page.getByRole('link', { name: /Fails/ }).first().click()
        const steps = page.getByRole('region', { name: /^Steps/ })
        await expect(steps).toContainText('Message')
        expect.soft(await violations(page, 'a failed scenario', steps), 'a failed scenario').toEqual([])

        await page.goto('./?lang=en#/scenarios?tab=requirements')
        const requirements = page.getByRole('list', { name: 'Requirements' })
        await expect(requirements).toContainText('write-202')
        expect.soft(await violations(page, 'requirements', requirements), 'requirements').toEqual([])
      })

      const attended = served('in the demo no other client reaches the simulator')
      test('while a scenario waits for another client', attended, async ({ page }) => {
        await page.goto('./?lang=en#/scenarios/own-client/own-first-event')
        await page.getByRole('button', { name: 'Run', exact: true }).last().click()
        const panel = page.getByRole('region', { name: 'Waits for a request' })
        await panel.getByText('The same with curl').click()
        expect
          .soft(await violations(page, 'the request that is waited for', panel), 'the request that is waited for')
          .toEqual([])
        await page.getByRole('button', { name: 'Skip', exact: true }).click()
        await expect(panel).toHaveCount(0)
      })
    })
})

/** All that the page shows has been read. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
}

interface CaseFile {
  readonly exchanges: readonly { readonly response: { status: number } }[]
}

/** A pack of one scenario, which fails. */
const FAILING_PACK = `pack: mine
title: Mine
scenarios:
  - id: mine-fails
    title: Fails
    proves: [write-202]
    steps:
      - submit: { fixture: note, spoil: single-object }
        expect: { status: 202 }
`

/** A case file whose replay differs from it. */
async function differingCase(simulator: Simulator, { path, vendor }: OwnSandbox): Promise<string> {
  await vendor.read('/v1/Composition')
  const file = await simulator.read<CaseFile>(`${path}/_sim/case`)
  for (const { response } of file.exchanges) response.status = 400
  return JSON.stringify(file)
}
