import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { decodeJwt } from 'jose'
import { type ClientFile, requestToken } from '../scenarios/helseid-client.ts'
import { type Simulator, test } from './support.ts'

/** What a program sends from where the simulator can be reached. */
function fetchAt(simulator: Simulator) {
  return async (request: Request): Promise<Response> => {
    const { method, url, headers } = request
    const body = method === 'POST' ? { body: await request.text() } : {}
    const path = url.replace(simulator.origin, '')
    const answer = await simulator.send(path, { method, headers: Object.fromEntries(headers), ...body })
    return new Response(answer.text, answer)
  }
}

test.describe('a client', () => {
  // HelseID answers the first request for a token with a nonce.
  test.use({ refusals: /\/connect\/token$/ })

  test('is registered with a key that is made here; HelseID gives it a token', async ({ page, simulator, sandbox }) => {
    const sent: string[] = []
    page.on('request', (one) => sent.push(one.postData() ?? ''))
    await page.goto(sandbox.page('world'))
    await page.getByRole('button', { name: 'Register a client' }).click()
    const dialog = page.getByRole('dialog', { name: 'Register a client' })
    await dialog.getByLabel('Name').fill('Trygg')
    await dialog.getByLabel('client_id').fill('trygg')
    await dialog.getByRole('button', { name: 'Make a key pair here' }).click()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download' }).click(),
    ])
    const privateJwk = await readFile(await saved.path(), 'utf8')
    await dialog.getByRole('button', { name: 'Register', exact: true }).click()
    await expect(dialog).toContainText('Registered as trygg')
    expect(sent.filter((body) => body.includes(JSON.parse(privateJwk).d))).toEqual([])

    const file = await simulator.read<ClientFile>(`${sandbox.path}/_sim/clients/trygg`)
    expect(file.authority).toBe(`${simulator.origin}${sandbox.path}/helseid`)
    const means = { fetch: fetchAt(simulator) }
    const { accessToken } = await requestToken({ ...file, privateJwk }, { orgnr: '313231593' }, means)
    expect(decodeJwt(accessToken)).toMatchObject({ client_id: 'trygg', scope: ['nhn:jft/api'] })
    await page.keyboard.press('Escape')
    await expect(page.getByRole('region', { name: 'Clients' })).toContainText('Trygg')
    await expect(page.getByRole('row', { name: /^313231593/ })).toContainText('Trygg')
  })
})

test.describe('a registration that is refused', () => {
  test.use({ refusals: /\/_sim\/clients$/ })

  test('says why, and what is not a key is not sent', async ({ page, sandbox }) => {
    await page.goto(sandbox.page('world'))
    await page.getByRole('button', { name: 'Register a client' }).click()
    const dialog = page.getByRole('dialog')
    const register = dialog.getByRole('button', { name: 'Register', exact: true })
    await dialog.getByLabel('Public key (JWK)').fill('-----BEGIN PRIVATE KEY-----')
    await register.click()
    await expect(dialog).toContainText('The key is not a JSON Web Key')
    await dialog.getByLabel('Public key (JWK)').fill('{"kty":"RSA","n":"?","e":"AQAB"}')
    await register.click()
    await expect(dialog).toContainText('publicKeys[0].n: must be base64url')
  })
})

test('VKP takes calls of a client by its vkp-id, once that is in the register', async ({
  page,
  simulator,
  sandbox,
}) => {
  await page.goto(sandbox.page('world'))
  await page.getByRole('button', { name: 'Register a client' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('This client calls').selectOption('VKP')
  await dialog.getByLabel('client_id').fill('mine')
  await dialog.getByLabel('VKP id').fill('My_System')
  await dialog.getByRole('button', { name: 'Make a key pair here' }).click()
  await expect(dialog).toContainText('the only copy of the private key')
  await dialog.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(dialog).toContainText('Registered as mine')
  await dialog.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Edit VKP’s register' }).click()
  await page.getByRole('button', { name: 'Remove 312229544 Bruno_Local_Test' }).click()
  await page.getByRole('button', { name: 'Add an entry' }).click()
  const entry = page.getByRole('group', { name: 'New entry' })
  await entry.getByLabel('Municipality').fill('313231593')
  const named = page.getByRole('group').last()
  await named.getByLabel('VKP id').fill('My_System')
  await named.getByLabel('gps').uncheck()
  await page.getByRole('button', { name: 'Save the register' }).click()
  await expect(page.getByText('Register saved.')).toBeVisible()
  const { register } = await simulator.read<{ register: unknown }>(`${sandbox.path}/_sim/vkp/register`)
  const samples = ['313231593', '312229544', '314159265'].map((orgnr) => ({ orgnr, vkpId: 'NHN_VKP-Samples_Test' }))
  expect(register).toMatchObject([
    { orgnr: '313231593', vkpId: 'Bruno_Local_Test' },
    { orgnr: '314159265', vkpId: 'Bruno_Local_Test' },
    ...samples,
    { orgnr: '313231593', vkpId: 'My_System', active: true, serviceCodes: ['rt', 'ta', 'md', 'dt', 'dho'] },
  ])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'My_System' })).toBeVisible()
})
