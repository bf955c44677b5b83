import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { clipboard, RECORD } from './copied-fix.ts'
import { exchangeOf, served, test, textOf, unfold } from './support.ts'

const NOTE = noteFactory.build()
/** The author as an object, where FHIR R4 has a list. */
const REFUSED = { ...NOTE, author: NOTE.author[0] }
const AUTHOR_LINE = textOf(REFUSED).split('\n').indexOf('  "author": {') + 1

test('refusals are grouped by cause, live, and counted as unread until they are opened', async ({ page, vendor }) => {
  await page.goto('./#/rejected')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.getByRole('heading', { name: 'Rejected', exact: true }).waitFor()
  const markRead = page.getByRole('button', { name: 'Mark all as read' })
  if (await markRead.isVisible()) await markRead.click()

  const element = `made${Date.now()}`
  await vendor.submit({ ...NOTE, [element]: true })
  const second = await vendor.submit({ ...NOTE, [element]: true })
  const cause = page.getByRole('list', { name: 'Causes' }).getByRole('listitem').filter({ hasText: element })
  await expect(cause).toContainText('2 ×')
  await expect(cause).toContainText(`Composition has no element ${element}`)
  await expect(cause).toContainText('r4-unknown-element')
  await expect(cause).toContainText('observed')
  await expect(cause).toContainText('2 unread')
  await expect(page).toHaveTitle(/^\(2\) Rejected – JFT simulator$/)

  await cause.getByRole('link', { name: `Composition has no element ${element}` }).click()
  await expect(page).toHaveURL(new RegExp(`#/rejected/${exchangeOf(second)}\\?cause=`))
  await expect(page.getByRole('navigation', { name: 'Rejected requests' }).getByRole('link')).toHaveCount(2)
  await expect(page).toHaveTitle(/^\(1\) /)
})

test('a refused event says what is wrong, where, by which rule, and the fix', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(REFUSED))
  await page.goto(`./#/rejected/${id}`)
  await unfold(page)
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect(steps.filter({ hasText: 'rejected here' })).toHaveText(/^fhir-r4.*r4-array-expected$/)
  await expect(steps.filter({ hasText: 'not reached' })).toHaveText([/resource-type/, /identifiers/, /store/])

  const issue = page.getByRole('article')
  await expect(issue).toContainText('author must be a list; you sent one object')
  await expect(issue).toContainText(`line ${AUTHOR_LINE}, column 13`)
  await expect(issue).toContainText('/author')
  await expect(issue).toContainText('author must be a list; you sent one object: wrap it in [ ].')
  await expect(issue.getByRole('link', { name: 'r4-array-expected' })).toBeVisible()

  const body = page.getByRole('region', { name: 'Request', exact: true })
  await expect(body.locator('[data-marked=true]')).toContainText('"author": {')

  const verdicts = page.getByRole('region', { name: 'JFT and VKP' })
  await expect(verdicts).toContainText('JFT directly strict FHIR R4 rejected 1 error')
  await expect(verdicts).toContainText('VKP lenient, and repairs accepted')
  await expect(verdicts).toContainText('VKP fixes it with 1 correction')
})

const curl = served('a shell runs the copied curl')
test(
  'the fix can be copied as a patch, as the payload and as a curl, which all work',
  curl,
  async ({ page, vendor, request }) => {
    await page.addInitScript(RECORD)
    const id = exchangeOf(await vendor.submit(REFUSED))
    await page.goto(`./#/rejected/${id}`)
    await unfold(page)
    const fix = page.getByRole('region', { name: 'The fix' })

    await fix.getByRole('button', { name: 'Copy JSON Patch' }).click()
    expect(JSON.parse(await clipboard(page))).toEqual([{ op: 'replace', path: '/author', value: NOTE.author }])

    await fix.getByRole('button', { name: 'Copy corrected payload' }).click()
    const corrected = await clipboard(page)
    expect(JSON.parse(corrected)).toEqual(NOTE)
    const checked = await request.post('/_sim/check', { data: corrected })
    expect(await checked.json()).toMatchObject({ jft: { accepted: true } })

    await fix.getByRole('button', { name: 'Copy corrected request as curl' }).click()
    const { stdout } = await promisify(execFile)('bash', ['-c', await clipboard(page)])
    expect(stdout).toContain('202 Accepted')
  },
)

test('the corrected request can be sent at once', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(REFUSED))
  await page.goto(`./#/rejected/${id}`)
  await unfold(page)
  await page.getByRole('button', { name: 'Send the corrected request' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the new request' }).click()
  await expect(
    page.getByRole('list', { name: 'Steps' }).getByRole('listitem').filter({ hasText: 'store' }),
  ).toContainText('passed')
})

test('a fault that no correction cures is said to be none', async ({ page, vendor }) => {
  const { status, ...missing } = NOTE
  const id = exchangeOf(await vendor.submit({ ...missing, author: NOTE.author[0] }))
  await page.goto(`./#/rejected/${id}`)
  await unfold(page)
  await expect(page.getByText('These corrections alone do not make JFT accept it')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send the corrected request' })).toHaveCount(0)
})

test('in Norwegian the fix is in Norwegian, and the answer as the service words it', async ({ page, vendor }) => {
  await page.goto('./?lang=nb#/rejected')
  const id = exchangeOf(await vendor.submit(REFUSED))
  const cause = page
    .getByRole('list', { name: 'Årsaker' })
    .getByRole('listitem')
    .filter({ hasText: 'må være en liste' })
  await expect(cause.first()).toContainText(
    'Løsning author må være en liste; du sendte ett objekt: pakk det inn i [ ].',
  )

  await page.goto(`./?lang=nb#/rejected/${id}`)
  await unfold(page)
  const issue = page.getByRole('article')
  await expect(issue).toContainText('author må være en liste; du sendte ett objekt')
  await expect(issue).toContainText('Løsning author må være en liste; du sendte ett objekt: pakk det inn i [ ].')
  await expect(issue).toContainText('Expected start of array.')
  const body = page.getByRole('region', { name: 'Forespørsel', exact: true })
  await expect(body.locator('[data-note=true]')).toHaveText(
    'Expected start of array. `author` må være en liste; du sendte ett objekt: pakk det inn i [ ].',
  )
})
