import { expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { copied, open, RECORD } from './copied-fix.ts'
import { exchangeOf, type Simulator, served, test, testToken, textOf } from './support.ts'

const NOTE = noteFactory.build()
const { title: _, ...UNTITLED } = NOTE
/** VKP puts their events into the EHR, and forwards them to JFT. */
const CLASSIC = '313231593'
const PROXIED = '312229544'
const FORM = 'application/x-www-form-urlencoded'
const PERSON = 'patient.identifier=02850097219'
const SCOPES = ['composition.*', 'bundle.*', 'condition.*', 'patient.*'].map((one) => `nhn:vkp/api/user/${one}`)

interface Call {
  readonly path?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly scheme?: string
  readonly scope?: readonly string[]
  readonly vkpId?: string | null
}

interface Cause extends Call {
  readonly name: string
  /** The heading in English and in Norwegian. */
  readonly words: RegExp
  readonly ord: RegExp
  readonly where: RegExp
  /** What is said of the fix: `sent` is one that VKP then takes, `copied` a patch for the vendor to fill in or to apply. */
  readonly how: RegExp
  readonly fix: 'sent' | 'copied' | 'yours'
}

const search = (type: string, form: string, codes?: string, contentType = FORM): Call => ({
  path: `${CLASSIC}/${type}/_search`,
  body: form,
  headers: { 'content-type': contentType, ...(codes === undefined ? {} : { servicecodes: codes }) },
})
const event = (change: object, path = `${CLASSIC}/composition`): Call => ({
  path,
  body: textOf({ ...NOTE, ...change }),
})

/** What VKP refuses, of its own and of what is behind it. */
const CAUSES: readonly Cause[] = [
  {
    name: 'no token',
    scheme: '',
    words: /^The request has no Authorization header\.?$/,
    ord: /^Tilgangstoken for VKP mangler$/,
    where: /The header authorization/,
    how: /with a Bearer token/,
    fix: 'sent',
  },
  {
    name: 'a DPoP token',
    scheme: 'DPoP',
    words: /DPoP/,
    ord: /DPoP|Bearer/,
    where: /The header authorization/,
    how: /with a Bearer token/,
    fix: 'sent',
  },
  {
    name: 'no scope',
    scope: [],
    words: /^The access token has no scope; this needs nhn:vkp\/api\/user\/composition\.write\.$/,
    ord: /^Tilgangstoken uten scopet til ressursen$/,
    where: /The header authorization/,
    how: /with a Bearer token/,
    fix: 'sent',
  },
  {
    name: 'no vkp-id',
    vkpId: null,
    words: /^The access token has no nhn:vkp\/client\/claims\/vkp-id\.$/,
    ord: /vkp-id/,
    where: /The header authorization/,
    how: /with a Bearer token/,
    fix: 'sent',
  },
  {
    name: 'a system that may not call',
    vkpId: 'Somebody_Else',
    words: /^VKP's register does not let "Somebody_Else" call for 313231593\.$/,
    ord: /^[A-ZÆØÅ]/,
    where: /The header authorization/,
    how: /with a Bearer token/,
    fix: 'sent',
  },
  {
    name: 'an unknown municipality',
    path: '123456789/composition',
    words: /^VKP knows no municipality 123456789; it knows /,
    ord: /^Kommune som er ukjent for VKP$/,
    where: /The path/,
    how: /The fix sends it to 31\d{7}, which is in VKP’s register/,
    fix: 'sent',
  },
  {
    name: 'the path of another type',
    path: `${CLASSIC}/bundle`,
    words: /Composition.*Bundle|Bundle.*Composition|body/i,
    ord: /^[A-ZÆØÅ]/,
    where: /./,
    how: /The fix sends it to the path of its type/,
    fix: 'sent',
  },
  {
    name: 'an unknown service code',
    ...search('patient', '', 'ta,xx'),
    words: /^VKP has no service code "xx"; it has /,
    ord: /^Ukjent tjenestekode$/,
    where: /The header servicecodes/,
    how: /with the service codes that VKP has: ta/,
    fix: 'sent',
  },
  {
    name: 'no service code',
    ...search('patient', ''),
    words: /^The request has no ServiceCodes header with a code\.$/,
    ord: /^Søk uten tjeneste i headeren ServiceCodes$/,
    where: /The header servicecodes/,
    how: /There is no fix to copy: only you can put it right/,
    fix: 'yours',
  },
  {
    name: 'a search that is no form',
    ...search('condition', PERSON, 'ta', 'text/plain'),
    words: /text\/plain|form/,
    ord: /^[A-ZÆØÅ]/,
    where: /./,
    how: /The fix sends it as application\/x-www-form-urlencoded/,
    fix: 'sent',
  },
  {
    name: 'a search without its person',
    ...search('condition', '', 'ta'),
    words: /patient\.identifier/,
    ord: /^[A-ZÆØÅ]/,
    where: /./,
    how: /There is no fix to copy: only you can put it right/,
    fix: 'yours',
  },
  {
    name: 'a person without that service',
    ...search('condition', PERSON, 'gps'),
    words: /^The patient has no active service among gps\.$/,
    ord: /^Pasient uten aktiv tjeneste/,
    where: /./,
    how: /Send the code of a service that the patient has/,
    fix: 'yours',
  },
  {
    name: 'a code that is not allowed',
    ...event({ status: 'ferdig' }),
    words: /^status is "ferdig", which is not allowed$/,
    ord: /^status er "ferdig", som ikke er tillatt$/,
    where: /line 8/,
    how: /use one of preliminary, final, amended or entered-in-error/,
    fix: 'copied',
  },
  {
    name: 'an unknown element',
    ...event({ colour: 'red' }),
    words: /^Composition has no element colour$/,
    ord: /^Composition har ikke noe element colour$/,
    where: /Composition\.colour/,
    how: /It removes colour/,
    fix: 'sent',
  },
  {
    name: 'what JFT refuses of what VKP forwards',
    path: `${PROXIED}/composition`,
    body: textOf(UNTITLED),
    words: /^title is required in Composition and missing$/,
    ord: /^title er påkrevd i Composition og mangler$/,
    where: /Composition\.title line 2/,
    how: /Add title to Composition/,
    fix: 'copied',
  },
  {
    name: 'what is not JSON',
    body: textOf(NOTE).slice(0, -2),
    words: /^This is not JSON/,
    ord: /^Dette er ikke JSON/,
    where: /line \d+/,
    how: /./,
    fix: 'yours',
  },
]

test(
  'what VKP refuses has its words, its place, and a fix that works or what only the vendor knows',
  served('the test sends requests with headers of its own'),
  async ({ page, simulator }) => {
    await page.addInitScript(RECORD)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto('./?lang=en#/rejected')
    for (const { name, words, where, how, fix, ...call } of CAUSES) {
      await test.step(name, async () => {
        await open(page, await refused(simulator, call))
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words)
        const answered = page.getByRole('region', { name: 'Cause and fix' })
        await expect(answered).toContainText(where)
        await expect(answered).toContainText(how)
        await FIXES[fix](page)
      })
    }
  },
)

test('in Norwegian what VKP refuses has its words', served('the test sends requests'), async ({ page, simulator }) => {
  await page.goto('./?lang=nb#/rejected')
  for (const { name, ord, ...call } of CAUSES) {
    await test.step(name, async () => {
      await open(page, await refused(simulator, call))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(ord)
    })
  }
})

test(
  'an EHR that is down is the cause of VKP’s answer',
  served('the test sends requests'),
  async ({ page, simulator }) => {
    const fault = { surface: 'ehr', effect: { kind: 'status', status: 503 } }
    await simulator.send('/_sim/faults', { method: 'POST', body: JSON.stringify(fault) })
    await page.goto(`./?lang=en#/rejected/${await refused(simulator, search('condition', PERSON, 'ta'))}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^The service is not available: injected by fault/)
    const answered = page.getByRole('region', { name: 'Cause and fix' })
    await expect(answered).toContainText('There is nothing to fix in the request: a simulated failure answered it.')
    await expect(answered).toContainText('9 passed · ehr stopped it')
  },
)

const FIXES: Readonly<Record<Cause['fix'], (page: Page) => Promise<void>>> = {
  async sent(page) {
    expect(await copied(page)).not.toBe('')
    await page.getByRole('button', { name: 'Send corrected' }).click()
    await expect(page.getByText('Answered 200.')).toBeVisible()
  },
  async copied(page) {
    expect(JSON.parse(await copied(page))).toMatchObject([{ path: expect.stringMatching(/^\/(?:status|title)$/) }])
  },
  async yours(page) {
    await expect(page.getByRole('button', { name: /^Copy fix/ })).toHaveCount(0)
  },
}

/** Sends it to VKP, which refuses it; the exchange. */
async function refused(simulator: Simulator, call: Call): Promise<string> {
  const { path = `${CLASSIC}/composition`, body = textOf(NOTE), headers, scheme = 'Bearer' } = call
  const { scope = SCOPES, vkpId = 'Bruno_Local_Test' } = call
  const { authorization } = await testToken(simulator, {
    audience: 'nhn:vkp',
    createDPoPTokenWithDPoPProof: false,
    clientClaimsParameters: { scope, clientName: 'Trygghetssystemet' },
    apiSpecificClaims: vkpId === null ? [] : [{ type: 'nhn:vkp/client/claims/vkp-id', value: vkpId }],
  })
  const credentials = scheme === '' ? {} : { authorization: authorization.replace('DPoP', scheme) }
  // Playwright's own requests make JSON of a text that is none.
  const answer = await fetch(`${simulator.origin}/vkp/epj/r4/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers, ...credentials },
    body,
  })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  return exchangeOf({ status: answer.status, headers: Object.fromEntries(answer.headers), text: '' })
}
