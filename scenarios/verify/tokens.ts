import { MASK } from '../../simulator/ground/text/mask/identity-numbers.ts'
import { placesIn } from '../../simulator/ground/text/mask/json-places.ts'
import { hasRealDate } from '../../simulator/ground/text/mask/series.ts'
import { claimsOf } from '../jwt.ts'
import type { Call, Evidence } from './evidence.ts'
import { blur } from './held-up.ts'
import { combined, each, type Judge, listed, unclear } from './judgment.ts'
import { isResentByLibrary, laterOf, tokenRequests } from './requests.ts'

type Claims = Readonly<Record<string, unknown>>

/** The payload of a token or proof in a header; the journal cuts the signature off only. */
function claimsIn(header: string | undefined): Claims {
  return claimsOf(header?.replace(/^\w+ /, '') ?? '')
}

function proofsOf({ calls }: Evidence): { call: Call; claims: Claims }[] {
  return calls.flatMap((call) => {
    const proof = call.requestHeaders.get('dpop')
    return proof === undefined ? [] : [{ call, claims: claimsIn(proof) }]
  })
}

const freshProofs: Judge = (evidence) => {
  const seen = new Map<unknown, Call>()
  const judgment = each(proofsOf(evidence), ({ call, claims: { jti } }) => {
    if (jti === undefined || isResentByLibrary(evidence, call)) return undefined
    const before = seen.get(jti)
    seen.set(jti, before ?? call)
    return before && { message: `The proof with jti ${String(jti)} was sent again.`, calls: [before, call] }
  })
  return {
    ...judgment,
    findings: combined(judgment.findings, (count) => `${count} requests had a proof that was used before.`),
  }
}

/** Refused by one of these rules: the simulator has checked it. */
function neverRefused(...rules: readonly string[]): Judge {
  return (evidence) => {
    const used = new Set<unknown>()
    const judgment = each(proofsOf(evidence), ({ call, claims: { jti } }) => {
      // What was used before is refused for that, whatever else is wrong with it by then.
      if (jti !== undefined && used.has(jti)) return undefined
      used.add(jti)
      const found = call.rules.filter((rule) => rules.includes(rule))
      const first = call.recorded.journal?.issues.find(({ rule }) => rules.includes(rule))
      return found.length === 0 ? undefined : { message: first?.message ?? found.join(), calls: [call] }
    })
    return { ...judgment, findings: combined(judgment.findings, (count) => `${count} requests were refused.`) }
  }
}

/**
 * Every demand for a nonce was met: some later proof for the same place had that nonce, or one that was given since (RFC
 * 9449, section 8.2: the newest counts).
 */
function meetsDemands(isOf: (call: Call) => boolean): Judge {
  return (evidence) => {
    const given = evidence.calls.filter((call) => isOf(call) && call.responseHeaders.has('dpop-nonce'))
    const asked = given.filter(({ status, unheard }) => status >= 400 && !unheard)
    return each(asked, (call) => {
      const since = given.slice(given.indexOf(call)).map(({ responseHeaders }) => responseHeaders.get('dpop-nonce'))
      const used = laterOf(evidence, call).some(
        (later) => isOf(later) && since.includes(nonceOf(claimsIn(later.requestHeaders.get('dpop')))),
      )
      const message = 'A nonce was demanded, and no proof ever had it.'
      return used ? undefined : { message, calls: [call], absent: 'again' }
    })
  }
}

function nonceOf({ nonce }: Claims): string | undefined {
  return typeof nonce === 'string' ? nonce : undefined
}

/** Seconds before its end in which a token may be renewed. */
const NEAR_END = 90

/**
 * A token was asked for although one for the same was there and good. What counts is the time: a request that began before
 * the first token was there did not know of it.
 */
const reusesToken: Judge = (evidence) => {
  const answers = tokenRequests(evidence).filter(({ status, whole }) => status === 200 && whole)
  const more = answers.flatMap((call) => {
    const before = answers.findLast((one) => one.ended < call.began && scopeOf(one) === scopeOf(call))
    if (!before) return []
    const lifetime = Number(/"expires_in":(\d+)/.exec(before.responseBody)?.[1] ?? 0) * 1000
    const left = before.ended + lifetime - call.began
    return left <= NEAR_END * 1000 || wasRefusedBetween(evidence, before, call) ? [] : [{ before, call, left }]
  })
  const again = new Set(askedAgain(evidence, more))
  const { findings, unclear: open } = each(more, ({ before, call, left }) => {
    if (again.has(call)) return undefined
    const blurred = blur(evidence.stalls, before.began, call.began)
    if (call.began - before.ended <= blurred) return unclear('Two tokens were asked for almost at once', blurred)
    return {
      message: `A token was asked for though the last one had ${Math.round(left / 1000)} s left.`,
      calls: [before, call],
    }
  })
  const found = combined(findings, (count) => `${count} tokens more than needed.`)
  return { exercised: answers.length, findings: found, unclear: open }
}

/** Who asked before there was a token, and met an outage then, asks once more: one for each outage. */
function askedAgain(evidence: Evidence, more: readonly { readonly before: Call; readonly call: Call }[]): Call[] {
  const hits = tokenRequests(evidence).filter(({ status }) => status >= 500 || status === 0)
  return hits.flatMap((hit) => {
    const one = more.find(({ before, call }) => call.began > hit.ended && before.ended >= hit.began)
    return one === undefined ? [] : [one.call]
  })
}

/** What a token is for: its scopes, and the organisation that the assertion names. */
function scopeOf({ responseBody, requestBody }: Call): string {
  const scope = /"scope":"([^"]*)"/.exec(responseBody)?.[1] ?? ''
  const assertion = new URLSearchParams(requestBody).get('client_assertion') ?? undefined
  return `${scope} ${JSON.stringify(claimsIn(assertion).assertion_details ?? null)}`
}

/** An API that refuses a token makes a new one necessary, also to those who had sent their requests before. */
function wasRefusedBetween({ calls }: Evidence, before: Call, call: Call): boolean {
  return calls.some(
    ({ status, ended, began, surface }) =>
      status === 401 && surface !== 'helseid' && ended >= before.began && began <= call.began,
  )
}

/** What a text has in the form of the real series, whatever the control digits; the last digits masked. */
function realForms(text: string): string[] {
  const numbers = Array.from(text.matchAll(/(?<!\d)\d{11}(?!\d)/g), ([number]) => number)
  return numbers.filter(hasRealDate).map((number) => `${number.slice(0, 6)}*****`)
}

/** Where the journal shows that it masked numbers of a request: in the URL, in a header, at a JSON Pointer of the body. */
function placesOf({ url, requestHeaders, requestBody }: Call): string {
  const headers = [...requestHeaders].filter(([, value]) => value.includes(MASK))
  const masks = Array.from(requestBody.matchAll(/[*]{11}/g), ({ index }) => ({
    start: index,
    end: index + MASK.length,
  }))
  const pointers = placesIn(requestBody, masks).map((place) => (place ? `at ${place.pointer}` : 'in the body'))
  const places = [
    ...(url.href.includes(MASK) ? ['in the URL'] : []),
    ...headers.map(([name]) => `in the header ${name}`),
    ...new Set(pointers),
  ]
  return places.length === 0 ? '' : ` ${listed(places)}`
}

const sendsNoRealNumber: Judge = (evidence) => {
  const sent = evidence.calls.filter(
    ({ requestBody, url, surface }) => surface !== 'helseid' && (requestBody !== '' || url.search !== ''),
  )
  return each(sent, (call) => {
    if (call.realNumbers > 0) {
      const numbers = call.realNumbers === 1 ? 'a number' : `${call.realNumbers} numbers`
      return {
        message: `It sent ${numbers} of the real series${placesOf(call)}: such a person may exist.`,
        calls: [call],
      }
    }
    // With wrong control digits it is nobody's; that it was meant as one, the service says.
    if (!call.rules.some((rule) => /identity-number/.test(rule))) return undefined
    const found = realForms(`${call.requestBody} ${call.url.search}`)
    return found.length === 0
      ? undefined
      : { message: `It sent ${listed(found)}: the form of a real person's number.`, calls: [call] }
  })
}

/** Requirements on any client of HelseID. */
export const TOKENS = {
  'fresh-proofs': freshProofs,
  'right-htu': neverRefused('dpop-htu', 'dpop-htm'),
  'right-ath': neverRefused('dpop-ath'),
  'sound-proofs': neverRefused(
    'dpop-typ',
    'dpop-alg',
    'dpop-jwk',
    'dpop-private-key',
    'dpop-signature',
    'dpop-thumbprint',
    'dpop-jti',
    'dpop-iat',
    'dpop-malformed',
    'dpop-multiple',
  ),
  'handles-nonce': meetsDemands(({ surface }) => surface !== 'helseid'),
  'handles-token-endpoint-nonce': meetsDemands(({ surface }) => surface === 'helseid'),
  'reuses-token': reusesToken,
  'sends-no-real-number': sendsNoRealNumber,
} as const satisfies Record<string, Judge>
