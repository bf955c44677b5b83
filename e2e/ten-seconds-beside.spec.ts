import { expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { copied, open, RECORD } from './copied-fix.ts'
import { exchangeOf, type Simulator, served, test, testToken, textOf } from './support.ts'

const NOTE = noteFactory.build()
const PATH = '/write/v1/Composition'
const JSON_TYPE = 'application/json'

/** What is sent, and how it differs from what JFT would take. */
interface Sent {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

interface Cause {
  readonly name: string
  readonly sent: (simulator: Simulator) => Promise<Sent>
  readonly status: number
  /** The heading in English and in Norwegian. */
  readonly words: RegExp
  readonly ord: RegExp
  /** What is said of the place, and what of the fix. */
  readonly where: RegExp
  readonly how: RegExp
  /** `sent`: the page sends it corrected, and it is accepted. `copied`: a patch with a placeholder. `yours`: only the words. */
  readonly fix: 'sent' | 'copied' | 'yours'
}

const WHOLE = /The request as a whole/

/** A request that JFT takes but for what is given. */
const but =
  ({ body = textOf(NOTE), type = JSON_TYPE, ...wishes }: { body?: string; type?: string; [wish: string]: unknown }) =>
  async (simulator: Simulator): Promise<Sent> => ({
    body,
    headers: { ...(await tokenOf(simulator, wishes)), 'content-type': type },
  })

function tokenOf(simulator: Simulator, wishes: object) {
  return testToken(simulator, {
    audience: 'nhn:jft',
    dPoPProofParameters: { htuClaimValue: simulator.origin + PATH, htmClaimValue: 'POST' },
    clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593' },
    ...wishes,
  })
}

async function usedProof(simulator: Simulator): Promise<Sent> {
  const sent = await but({})(simulator)
  expect((await submit(simulator, sent)).status).toBe(202)
  return { ...sent, body: textOf({ ...NOTE, title: 'Another note' }) }
}

/** Rejected before the body was read, and what only the vendor knows. */
const CAUSES: readonly Cause[] = [
  {
    name: 'no token',
    sent: async () => ({ body: textOf(NOTE), headers: { 'content-type': JSON_TYPE } }),
    status: 401,
    words: /^There is no access token$/,
    ord: /^Tilgangstokenet mangler$/,
    where: /The header authorization/,
    how: /Get a token from HelseID/,
    fix: 'sent',
  },
  {
    name: 'a token as Bearer',
    async sent(simulator) {
      const { body, headers } = await but({})(simulator)
      return { body, headers: { ...headers, authorization: headers.authorization?.replace('DPoP', 'Bearer') ?? '' } }
    },
    status: 401,
    words: /^The token was sent as Bearer, not as DPoP$/,
    ord: /^Tokenet ble sendt som Bearer, ikke som DPoP$/,
    where: /The header authorization/,
    how: /Authorization: DPoP/,
    fix: 'sent',
  },
  {
    name: 'a token that has expired',
    sent: but({ expirationParameters: { setExpirationTimeAsExpired: true } }),
    status: 401,
    words: /^The access token has expired$/,
    ord: /^Tilgangstokenet er utløpt$/,
    where: /The header authorization/,
    how: /Get a new token before expires_in has passed/,
    fix: 'sent',
  },
  {
    name: 'a token for another API',
    sent: but({ audience: 'nhn:other' }),
    status: 401,
    words: /^The access token is for another API$/,
    ord: /^Tilgangstokenet er for et annet API$/,
    where: /The header authorization/,
    how: /Ask HelseID for a scope of this API, nhn:jft\/api/,
    fix: 'sent',
  },
  {
    name: 'a token without the scope',
    sent: but({ clientClaimsParameters: { scope: ['nhn:other/api'], orgnrParent: '313231593' } }),
    status: 403,
    words: /^The access token lacks the scope of this API$/,
    ord: /^Tilgangstokenet mangler scopet til dette API-et$/,
    where: /The header authorization/,
    how: /Ask HelseID for the scope/,
    fix: 'sent',
  },
  {
    name: 'a proof that was used before',
    sent: usedProof,
    status: 401,
    words: /^The DPoP proof was used before$/,
    ord: /^DPoP-beviset er brukt før$/,
    where: /The header dpop/,
    how: /Make a new proof, with a new jti, for each request/,
    fix: 'sent',
  },
  {
    name: 'a proof for another URL',
    sent: but({ dPoPProofParameters: { htuClaimValue: 'http://localhost/write/v1/Bundle', htmClaimValue: 'POST' } }),
    status: 401,
    words: /^The DPoP proof is for another URL$/,
    ord: /^DPoP-beviset er for en annen adresse$/,
    where: /The header dpop/,
    how: /Set htu to the URL that you call/,
    fix: 'sent',
  },
  {
    name: 'another content type',
    sent: but({ type: 'text/plain' }),
    status: 415,
    words: /^The content type is not JSON$/,
    ord: /^Innholdstypen er ikke JSON$/,
    where: /The header content-type/,
    how: /Send Content-Type: application\/json/,
    fix: 'sent',
  },
  {
    name: 'a token that names no municipality',
    sent: but({ clientClaimsParameters: { scope: ['nhn:jft/api'] } }),
    status: 403,
    words: /^The access token names no municipality \(orgnr_parent\)$/,
    ord: /^Tilgangstokenet sier ikke hvilken kommune det gjelder \(orgnr_parent\)$/,
    where: /The header authorization/,
    how: /the parent unit in assertion_details/,
    fix: 'yours',
  },
  {
    name: 'a body that is too large',
    sent: but({ body: textOf({ ...NOTE, title: 'x'.repeat(1_100_000) }) }),
    status: 413,
    words: /^The body has \d+ bytes or more; 1048576 are allowed$/,
    ord: /^Innholdet har \d+ byte eller flere; 1048576 er tillatt$/,
    where: WHOLE,
    how: /leave out attachments, or split the event/,
    fix: 'yours',
  },
  {
    name: 'a resource of another type',
    sent: but({ body: textOf({ resourceType: 'Bundle', type: 'document' }) }),
    status: 400,
    words: /^A Bundle was sent to the path of another type$/,
    ord: /^En Bundle ble sendt til adressen for en annen type$/,
    where: /line 2/,
    how: /Post a Bundle to the path that ends in \/v1\/Bundle/,
    fix: 'sent',
  },
  {
    name: 'a code that is not allowed',
    sent: but({ body: textOf({ ...NOTE, status: 'ferdig' }) }),
    status: 400,
    words: /^status is .*ferdig.*not allowed/,
    ord: /^status er .*ferdig.*ikke er tillatt/,
    where: /Composition\.status/,
    how: /preliminary, final, amended/,
    fix: 'copied',
  },
  {
    name: 'a time without an offset',
    sent: but({ body: textOf({ ...NOTE, date: '2026-05-26T10:06:17' }) }),
    status: 400,
    words: /^date has a time without its offset from UTC$/,
    ord: /^date har et klokkeslett uten avstanden til UTC$/,
    where: /Composition\.date/,
    how: /offset|\+02:00/,
    fix: 'copied',
  },
  {
    name: 'two values for one element',
    sent: but({ body: textOf(NOTE).replace('"status": "final"', '"status": "final",\n  "status": "amended"') }),
    status: 400,
    words: /^status is there twice, with different values$/,
    ord: /^status står to ganger, med ulike verdier$/,
    where: /Composition\.status/,
    how: /keep one/,
    fix: 'yours',
  },
]

test(
  'what no patch can mend has its words, its place, and a fix that works or what only the vendor knows',
  served('the test sends requests with headers of its own'),
  async ({ page, simulator }) => {
    await page.addInitScript(RECORD)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto('./?lang=en#/rejected')
    for (const { name, sent, status, words, where, how, fix } of CAUSES) {
      await test.step(name, async () => {
        const answer = await submit(simulator, await sent(simulator))
        expect(answer.status).toBe(status)
        await open(page, answer.id)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words)
        const answered = page.getByRole('region', { name: 'Cause and fix' })
        await expect(answered).toContainText(where)
        await expect(answered).toContainText(how)
        await FIXES[fix](page)
      })
    }
  },
)

test('in Norwegian each of them has its words', served('the test sends requests'), async ({ page, simulator }) => {
  await page.goto('./?lang=nb#/rejected')
  for (const { name, sent, ord } of CAUSES) {
    await test.step(name, async () => {
      await open(page, (await submit(simulator, await sent(simulator))).id)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(ord)
    })
  }
})

const FIXES: Readonly<Record<Cause['fix'], (page: Page) => Promise<void>>> = {
  async sent(page) {
    expect(await copied(page)).toMatch(/^read -r token proof < <\(curl /)
    await page.getByRole('button', { name: 'Send corrected' }).click()
    await expect(page.getByText('Answered 202.')).toBeVisible()
  },
  async copied(page) {
    await expect(page.getByText('Only you know this value')).toBeVisible()
    expect(await copied(page)).toContain('<')
  },
  async yours(page) {
    await expect(page.getByRole('button', { name: /^Copy fix/ })).toHaveCount(0)
  },
}

async function submit({ origin }: Simulator, { headers, body }: Sent) {
  const call = { method: 'POST', headers: { 'nhn-source-system': 'Journal 1.0', ...headers }, body }
  // Playwright's own requests choose a content type.
  const answer = await fetch(origin + PATH, call)
  const answered = { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
  return { status: answer.status, id: exchangeOf(answered) }
}
