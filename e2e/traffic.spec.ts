import { connect } from 'node:net'
import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, type Simulator, served, test, testToken, textOf, unfold } from './support.ts'

const NOTE = noteFactory.build()
const REFUSED = { ...NOTE, author: NOTE.author[0] }

test('every request is there with its steps, its decoded token and its proof', async ({ page, vendor }) => {
  await page.goto('./#/exchanges')
  const id = exchangeOf(await vendor.submit(NOTE, 'Traffic 1.0'))
  await page.locator(`a[href="#/exchanges/${id}"]`).click()
  const token = page.getByRole('region', { name: 'Access token' })
  await expect(token.locator('[data-mark=checked]').filter({ hasText: 'nhn:jft' }).first()).toContainText('aud')
  await expect(token).toContainText('Journalsystemet')
  const proof = page.getByRole('region', { name: 'DPoP proof' })
  await expect(proof.locator('[data-mark=checked]').filter({ hasText: 'htm' })).toContainText('POST')
})

test('a claim that failed is marked, with the reason', async ({ page, simulator }) => {
  const path = '/write/v1/Composition'
  const headers = await testToken(simulator, {
    audience: 'nhn:other',
    dPoPProofParameters: { htuClaimValue: simulator.origin + path, htmClaimValue: 'POST' },
  })
  const answer = await simulator.send(path, { method: 'POST', headers, body: textOf(NOTE) })
  expect(answer.status).toBe(401)
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await unfold(page)
  const failed = page.getByRole('region', { name: 'Access token' }).locator('[data-mark=failed]')
  await expect(failed).toContainText('aud')
  await expect(failed).toContainText('nhn:other')
})

test('a request is sent again with a token and a proof of its own', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(NOTE, 'Replay 1.0'))
  await page.goto(`./#/exchanges/${id}`)
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the new request' }).click()
  await expect(page).not.toHaveURL(new RegExp(`${id}$`))
  await expect(page.getByText('Replay 1.0')).toBeAttached()
})

test('a request is edited and sent', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(REFUSED))
  await page.goto(`./#/exchanges/${id}`)
  await page.getByRole('button', { name: 'Edit and send' }).click()
  await page.getByRole('textbox', { name: 'Body' }).fill(JSON.stringify({ ...NOTE, title: 'Edited' }))
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
})

test('the search narrows, is completed, and is in the URL', async ({ page, vendor }) => {
  await vendor.submit(NOTE, 'Search 1.0')
  const id = exchangeOf(await vendor.submit(REFUSED, 'Search 1.0'))
  await page.goto('./#/exchanges')
  const search = page.getByRole('combobox', { name: 'Search' })
  await search.waitFor()
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await page.keyboard.type('rule:r4-array')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(search).toHaveValue('rule:r4-array-expected ')
  await page.keyboard.type('status:4xx type:Composition')
  await expect(page).toHaveURL(/q=rule%3Ar4-array-expected\+status%3A4xx/)
  await expect(page.locator(`a[href^="#/exchanges/${id}?"]`)).toBeVisible()
  await search.fill('rule:r4-array-expected status:202')
  await expect(page.getByText('Nothing matches the search')).toBeVisible()
})

test('the keyboard goes through a list, opens a row and comes back', async ({ page, vendor }) => {
  await vendor.submit(NOTE)
  const id = exchangeOf(await vendor.submit(NOTE))
  await page.goto('./#/exchanges')
  await page.locator(`a[href="#/exchanges/${id}"]`).waitFor()
  await page.keyboard.press('j')
  await expect(page.locator(`a[href="#/exchanges/${id}"]`)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/exchanges/${id}$`))
  await page.locator('[aria-current=true]').waitFor()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(new RegExp(`#/exchanges/${id}$`))
  await page.keyboard.press('g')
  await expect(page.getByRole('heading', { name: 'Traffic' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden()
})

const hangUp = served('a program ends its connection to the server')
test(
  'an answer that its program did not wait for is said to be so, and no other',
  hangUp,
  async ({ page, sandbox, simulator }) => {
    const order = { surface: 'jft-read', effect: { kind: 'latency', delay: 500 } }
    const heard = exchangeOf(await sandbox.vendor.read('/v1/Composition'))
    await simulator.send(`${sandbox.path}/_sim/faults`, { method: 'POST', body: JSON.stringify(order) })
    await sendAndLeave(simulator.origin, `${sandbox.path}/read/v1/Composition`)
    const id = await newestUnheard(simulator, sandbox.path)
    await page.goto(sandbox.page(`exchanges/${heard}`))
    await expect(page.getByRole('heading', { name: 'Response' })).toBeVisible()
    await expect(page.getByText('had closed its connection')).toHaveCount(0)
    await page.goto(sandbox.page(`exchanges/${id}`))
    await expect(page.getByText('had closed its connection before it had the whole answer')).toBeVisible()
    await page.getByRole('button', { name: 'Norsk' }).click()
    await expect(page.getByText('lukket forbindelsen før det hadde fått hele svaret')).toBeVisible()
  },
)

/** The newest request whose program was gone before it had the answer, once there is one. */
async function newestUnheard(simulator: Simulator, sandbox: string): Promise<string> {
  for (;;) {
    const { exchanges } = await simulator.read<{ exchanges: { id: string }[] }>(`${sandbox}/_sim/exchanges?limit=1`)
    const id = exchanges[0]?.id ?? ''
    const { response } = await simulator.read<{ response: { unheard?: true } }>(`${sandbox}/_sim/exchanges/${id}`)
    if (response.unheard) return id
  }
}

/** Sends a request, and says that it is gone before the answer comes. */
function sendAndLeave(origin: string, path: string): Promise<void> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`, () => {
        // Who is gone at once may be gone before the request was read.
        socket.end()
        resolve()
      })
    })
  })
}
