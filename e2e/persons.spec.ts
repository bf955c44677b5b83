import { expect, type Page } from '@playwright/test'
import { patientFactory } from '../fixtures/index.ts'
import { exchangeOf, type Simulator, test, unfold } from './support.ts'

test.use({ refusals: /\/pit\// })

const rows = (page: Page) => page.getByRole('table').getByRole('row')
const HESTESKO = 'NONFIGURATIV HESTESKO'

const robot = (simulator: Simulator, name: string, settings: object) =>
  simulator.put(`/_sim/robots/${name}`, { intervalMs: 100, ...settings })

test.beforeEach(({ simulator }) => simulator.send('/_sim/reset', { method: 'POST' }))
test.afterEach(async ({ simulator }) => {
  for (const name of ['pit-ehr', 'pit-vendor']) await robot(simulator, name, { on: false })
})

test('persons are shown as they are handed over, read and changed, with who has which version', async ({
  page,
  simulator,
}) => {
  await page.goto('./#/persons')
  await expect(page.getByText('Nobody yet')).toBeVisible()
  await robot(simulator, 'pit-ehr', { on: true, changesPerMinute: 0 })
  await expect(rows(page)).toHaveCount(7)
  const person = rows(page).filter({ hasText: HESTESKO })
  await expect(person).toContainText('version 1')
  await expect(person).toContainText('nobody')

  await robot(simulator, 'pit-vendor', { on: true })
  await expect(person).toContainText('Bruno-PIT: newest')
  await robot(simulator, 'pit-vendor', { on: false })
  await simulator.send('/ehr/persons/patient-1/address', { method: 'POST' })
  await expect(person).toContainText('version 2')
  await expect(person).toContainText('Bruno-PIT: older')

  await person.getByRole('link', { name: HESTESKO }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HESTESKO)
  const versions = page.getByRole('region', { name: 'Versions' })
  await expect(versions.getByRole('link', { name: 'Handed over' })).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'Read by' })).toContainText(/Bruno-PIT *has an older version/)
  await expect(page.getByRole('main')).toContainText('Nyveien 1')

  await versions.getByRole('link', { name: 'Handed over' }).last().click()
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('store')
  await page.getByRole('link', { name: /Patient\// }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HESTESKO)
})

test('the list is of one municipality, in Norwegian too', async ({ page, vendor }) => {
  await page.goto('./?lang=nb#/persons?municipality=312229544')
  await vendor.handOver(patientFactory.build())
  await expect(page.getByRole('heading', { name: 'Personer i PIT' })).toBeVisible()
  await expect(rows(page)).toHaveCount(1)
  await page.getByLabel('Kommune').selectOption('313231593')
  await expect(page).toHaveURL(/municipality=313231593/)
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).last()).toContainText('versjon 1')
})

test('a refused patient is among the refusals, with its place, its rule and the fix', async ({ page, vendor }) => {
  await page.goto('./#/rejected')
  const { answer } = await vendor.handOver({ ...patientFactory.build(), gender: 'woman' })
  expect(answer.status).toBe(400)
  const cause = page.getByRole('list', { name: 'Causes' }).getByRole('listitem').filter({ hasText: 'gender' })
  await expect(cause).toContainText('gender is "woman", which is not allowed')
  await page.goto(`./#/rejected/${exchangeOf(answer)}`)
  await unfold(page)
  const issue = page.getByRole('article')
  await expect(issue).toContainText('r4-code-not-in-value-set')
  await expect(issue).toContainText('/gender')
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect(steps.filter({ hasText: 'rejected here' })).toContainText('fhir-r4')
})

test('a refused patient has a fix, which PIT takes', async ({ page, vendor }) => {
  await page.goto('./#/rejected')
  const [name] = patientFactory.build().name ?? []
  const { answer } = await vendor.handOver({ ...patientFactory.build(), name, telecom: [] })
  expect(answer.status).toBe(400)
  await page.goto(`./#/rejected/${exchangeOf(answer)}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('name must be a list; you sent one object')
  await expect(page.getByRole('button', { name: /^Copy fix/ })).toBeVisible()
  await page.getByRole('button', { name: 'Send corrected' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await unfold(page)
  const verdict = page.getByRole('region', { name: 'PIT', exact: true })
  await expect(verdict).toContainText('rejected 2 errors')
  await expect(verdict).toContainText('Nothing stands before PIT that corrects it on the way.')
})
