import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { type OwnSandbox, type Simulator, served, test, type Vendor, vendorOf } from './support.ts'

const NOTE = noteFactory.build()

async function submit(vendor: Vendor) {
  expect((await vendor.submit(NOTE)).status).toBe(202)
}

async function eventsOf(simulator: Simulator, { name }: OwnSandbox): Promise<number> {
  return (await simulator.read<{ events: number }>(`/_sim/sandboxes/${name}`)).events
}

test('a snapshot is taken, listed, and gone back to', async ({ page, simulator, sandbox }) => {
  await submit(sandbox.vendor)
  await page.goto(sandbox.page('world'))
  const snapshots = page.getByRole('region', { name: 'Snapshots' })
  await expect(snapshots).toContainText('There are none.')
  await snapshots.getByLabel('Name of a new snapshot').fill('one event')
  await snapshots.getByLabel('Name of a new snapshot').press('Enter')
  await expect(snapshots.getByRole('listitem')).toContainText('Events: 1')
  await submit(sandbox.vendor)
  expect(await eventsOf(simulator, sandbox)).toBe(2)
  await snapshots.getByRole('button', { name: 'Restore one event' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(snapshots.getByRole('button', { name: 'Restore one event' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Yes, restore' }).click()
  await expect(snapshots).toContainText('Sandbox restored.')
  expect(await eventsOf(simulator, sandbox)).toBe(1)
})

test('a dialog that is opened again at once has its words', async ({ page, sandbox }) => {
  await submit(sandbox.vendor)
  await page.goto(sandbox.page('world'))
  const snapshots = page.getByRole('region', { name: 'Snapshots' })
  await snapshots.getByLabel('Name of a new snapshot').fill('one')
  await snapshots.getByLabel('Name of a new snapshot').press('Enter')
  const restore = snapshots.getByRole('button', { name: 'Restore one' })
  await restore.click()
  const cancel = page.getByRole('dialog').getByRole('button', { name: 'Cancel' })
  await cancel.waitFor()
  // In one go: the browser tells that it was closed after it is open again.
  await restore.evaluate(
    (button, other) => {
      other?.click()
      button.click()
    },
    await cancel.elementHandle(),
  )
  await page.getByRole('button', { name: 'Yes, restore' }).click()
  await expect(snapshots).toContainText('Sandbox restored.')
})

test('a fork begins with what its origin remembers, and is removed', async ({ page, simulator, sandbox }) => {
  await submit(sandbox.vendor)
  await page.goto(sandbox.page('world'))
  const sandboxes = page.getByRole('region', { name: 'Sandboxes' })
  await sandboxes.getByLabel('Begins').selectOption(`as a fork of ${sandbox.name}`)
  await sandboxes.getByLabel('Name of a new sandbox').fill('forked')
  await sandboxes.getByRole('button', { name: 'Create' }).click()
  const forked = sandboxes.getByRole('listitem').filter({ hasText: 'forked' })
  await expect(forked).toContainText('Events: 1')
  await submit(vendorOf(simulator, '/s/forked'))
  expect(await eventsOf(simulator, sandbox)).toBe(1)
  await forked.getByRole('button', { name: 'Remove forked' }).click()
  await page.getByRole('button', { name: 'Yes, remove' }).click()
  await expect(forked).toHaveCount(0)
})

test('a sandbox is reset when that was asked and answered', async ({ page, simulator, sandbox }) => {
  await submit(sandbox.vendor)
  await page.goto(sandbox.page('world'))
  await page.getByRole('region', { name: 'Reset' }).getByRole('button').click()
  await page.getByRole('button', { name: 'Yes, reset' }).click()
  await expect(page.getByText('Reset.')).toBeVisible()
  expect(await eventsOf(simulator, sandbox)).toBe(0)
})

/** Chooses a file with that content in the field for case files. */
async function openCase(page: Page, content: string) {
  const file = { name: 'a.case.json', mimeType: 'application/json', buffer: Buffer.from(content) }
  await page.getByLabel('Open a case file').setInputFiles(file)
}

test.describe('a case file', () => {
  test.use({ refusals: /\/_sim\/case$|\/authorize$/ })

  test('is saved, and opened in a sandbox of its own, which says what was replayed', async ({
    page,
    simulator,
    sandbox,
  }) => {
    await submit(sandbox.vendor)
    await simulator.send(`${sandbox.path}/helseid/connect/authorize`, { method: 'GET' })
    await page.goto(sandbox.page('world'))
    const files = page.getByRole('region', { name: 'Case files' })
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      files.getByRole('button', { name: `Save ${sandbox.name} as a case file` }).click(),
    ])
    expect(saved.suggestedFilename()).toBe(`${sandbox.name}.case.json`)
    const text = await readFile(await saved.path(), 'utf8')

    await openCase(page, text)
    await expect(files).toContainText('1 replayed, all the same.')
    await expect(files.getByRole('list', { name: 'Skipped' })).toContainText('2 skipped: only the keys of the client')

    const other = { ...JSON.parse(text), catalogue: 'another' }
    for (const { response } of other.exchanges) response.status = 400
    await openCase(page, JSON.stringify(other))
    await expect(files).toContainText('1 replayed: 0 the same, 1 differ.')
    await expect(files).toContainText('under other rules')
    const difference = files.getByRole('list', { name: 'Differences' }).getByRole('listitem').first()
    await expect(difference).toContainText(/x2\s*status\s*in the file\s*400\s*here\s*202/)

    await openCase(page, '{"format":"something else"}')
    await expect(files).toContainText('this is not a case file')
  })

  const link = served('a link to another sandbox is a page load, which would begin with a fresh simulator')
  test('can be looked at where it was opened', link, async ({ page, simulator, sandbox }) => {
    await submit(sandbox.vendor)
    await page.goto(sandbox.page('world'))
    await openCase(page, JSON.stringify(await simulator.read(`${sandbox.path}/_sim/case`)))
    await page.getByRole('link', { name: /^sandbox-/ }).click()
    await expect(page.getByRole('region', { name: 'Latest events' }).getByRole('row')).not.toHaveCount(0)
  })
})

test(
  'what failed scenarios left is folded, removed at once, and in no list of sandboxes',
  served('other sandboxes'),
  async ({ page, simulator }) => {
    const names = ['rmx2jpoxpq2-1-mine-fails', 'rmx2jpoxpq2-2-other-fails']
    for (const name of names)
      await simulator.send('/_sim/sandboxes', { method: 'POST', body: JSON.stringify({ name }) })
    await page.goto('./?lang=en#/environment')
    const panel = page.getByRole('region', { name: 'Sandboxes' })
    await expect(panel.getByText('2 from scenarios that failed')).toBeVisible()
    await expect(panel.getByText(names[0] ?? '', { exact: true })).toBeHidden()
    await expect(page.getByRole('banner').getByRole('option', { name: /mine-fails/ })).toHaveCount(0)

    await panel.getByText('2 from scenarios that failed').click()
    await expect(panel.getByText(names[0] ?? '', { exact: true })).toBeVisible()
    await panel.getByRole('button', { name: 'Remove these' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(panel.getByText(/from (?:scenarios|a scenario) that failed/)).toHaveCount(0)
    const { sandboxes } = await simulator.read<{ sandboxes: { name: string }[] }>('/_sim/sandboxes')
    expect(sandboxes.map(({ name }) => name).filter((name) => names.includes(name))).toEqual([])
  },
)
