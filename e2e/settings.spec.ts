import { expect } from '@playwright/test'
import { test } from './support.ts'

test.beforeEach(({ page, sandbox }) => page.goto(sandbox.page('rules')))

test.describe('a number', () => {
  test.use({ refusals: /\/read\// })

  test('holds for the next request, and is put back', async ({ page, sandbox }) => {
    const search = async () => (await sandbox.vendor.read('/v1/Composition?_count=60')).status
    const settings = page.getByRole('list', { name: 'Undocumented points' })
    const setting = settings.getByRole('listitem').filter({ hasText: 'countMax' })
    const field = setting.getByLabel('How large may _count be?')
    await page.getByRole('button', { name: /undocumented points/ }).click()
    await expect(page.getByLabel('Which body does a 400 have?')).toBeInViewport()
    await expect(field).toHaveValue('50')
    expect(await search()).toBe(400)
    await field.fill('60')
    await field.press('Enter')
    await expect(setting).toContainText('changed')
    await expect(page.getByText('1 differs from its default')).toBeVisible()
    expect(await search()).toBe(200)
    await setting.getByRole('button', { name: 'Put back countMax' }).click()
    await expect(field).toHaveValue('50')
    await expect(setting).not.toContainText('changed')
    expect(await search()).toBe(400)
  })
})

test('a choice, a flag, a text and a list have the control that fits, and are put back together', async ({
  page,
  simulator,
  sandbox,
}) => {
  await page.getByLabel('Which body does a 400 have?').selectOption('problem-json')
  await page.getByLabel('Is the acknowledgement returned as a tag?').check()
  await page
    .getByLabel('Which system and code does _tag take for an acknowledged event?')
    .fill('http://example.org|yes')
  await page.getByRole('button', { name: 'Save acknowledgedTag', exact: true }).click()
  await page.getByLabel('Which content types may a submission have?').fill('application/fhir+json\n\n')
  await page.getByRole('button', { name: 'Save contentTypes' }).click()
  await expect(page.getByText('4 differ from their defaults')).toBeVisible()
  const { settings } = await simulator.read<{ settings: { name: string; value: unknown }[] }>(
    `${sandbox.path}/_sim/rules`,
  )
  const values = Object.fromEntries(settings.map(({ name, value }) => [name, value]))
  expect(values).toMatchObject({
    errorBody: 'problem-json',
    acknowledgedTagReturned: true,
    acknowledgedTag: 'http://example.org|yes',
    contentTypes: ['application/fhir+json'],
  })
  await expect(page.getByLabel('Which body does a 400 have?')).toHaveValue('problem-json')
  await expect(page.getByLabel('Is the acknowledgement returned as a tag?')).toBeChecked()
  await expect(page.getByLabel('Which content types may a submission have?')).toHaveValue('application/fhir+json')
  await page.getByRole('button', { name: 'Put all back' }).click()
  await expect(page.getByText('differ from their defaults')).toHaveCount(0)
  await expect(page.getByLabel('Is the acknowledgement returned as a tag?')).not.toBeChecked()
})

test.describe('a value that is refused', () => {
  test.use({ refusals: /\/_sim\/settings$/ })

  test('says why, and stays to be mended', async ({ page }) => {
    const field = page.getByLabel('Which content types may a submission have?')
    await field.fill(' ')
    await page.getByRole('button', { name: 'Save contentTypes' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'contentTypes' })).toContainText('The simulator said no')
    await expect(field).toHaveValue(' ')
  })
})
