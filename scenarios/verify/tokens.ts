import { base64url } from 'jose'
import { realSeries } from '../mask.ts'
import type { Call, Evidence } from './evidence.ts'
import { each, type Judge, listed, together } from './judgment.ts'

type Claims = Readonly<Record<string, unknown>>

/** The payload of a token or proof in a header; the journal cuts the signature off only. */
function claimsIn(header: string | undefined): Claims {
  const payload = header?.replace(/^\w+ /, '').split('.')[1] ?? ''
  try {
    return JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as Claims
  } catch {
    return {}
  }
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
    const before = seen.get(jti)
    seen.set(jti, before ?? call)
    return before && { message: `The proof with jti ${String(jti)} was sent again.`, calls: [before, call] }
  })
  return {
    ...judgment,
    findings: together(judgment.findings, (count) => `${count} requests had a proof that was used before.`),
  }
}

/** Refused by one of these rules: the simulator has checked it. */
function neverRefused(...rules: readonly string[]): Judge {
  return (evidence) => {
    const judgment = each(proofsOf(evidence), ({ call }) => {
      const found = call.rules.filter((rule) => rules.includes(rule))
      const first = call.recorded.journal?.issues.find(({ rule }) => rules.includes(rule))
      return found.length === 0 ? undefined : { message: first?.message ?? found.join(), calls: [call] }
    })
    return { ...judgment, findings: together(judgment.findings, (count) => `${count} requests were refused.`) }
  }
}

const handlesNonce: Judge = (evidence) => {
  const asked = evidence.calls.filter(
    ({ responseHeaders, status }) => status >= 400 && responseHeaders.has('dpop-nonce'),
  )
  return each(asked, (call) => {
    const nonce = call.responseHeaders.get('dpop-nonce')
    const after = evidence.calls.slice(evidence.calls.indexOf(call) + 1)
    const used = after.some(({ requestHeaders }) => claimsIn(requestHeaders.get('dpop')).nonce === nonce)
    return used ? undefined : { message: 'A nonce was demanded, and no proof ever had it.', calls: [call] }
  })
}

function tokenAnswers({ calls }: Evidence): Call[] {
  return calls.filter(
    ({ surface, url, status }) => surface === 'helseid' && /\/connect\/token$/.test(url.pathname) && status === 200,
  )
}

/** Seconds before its end in which a token may be renewed. */
const NEAR_END = 90

const reusesToken: Judge = (evidence) => {
  const answers = tokenAnswers(evidence)
  const needless = answers.slice(1).flatMap((call, at) => {
    const before = answers[at]
    if (!before) return []
    const lifetime = Number(/"expires_in":(\d+)/.exec(before.responseBody)?.[1] ?? 0) * 1000
    const left = before.ended + lifetime - call.began
    const refused = evidence.calls.some(
      ({ status, began, surface }) =>
        status === 401 && surface !== 'helseid' && began >= before.ended && began <= call.began,
    )
    const message = `A token was asked for though the last one had ${Math.round(left / 1000)} s left.`
    return left <= NEAR_END * 1000 || refused || isAnew(evidence, before, call)
      ? []
      : [{ message, calls: [before, call] }]
  })
  return { exercised: answers.length, findings: together(needless, (count) => `${count} tokens more than needed.`) }
}

/** A program that was started again has no token yet. */
function isAnew({ restarted = 0 }: Evidence, before: Call, call: Call): boolean {
  return before.began < restarted && call.began >= restarted
}

const sendsNoRealNumber: Judge = (evidence) => {
  const bodies = evidence.calls.filter(
    ({ requestBody, url, surface }) => surface !== 'helseid' && (requestBody !== '' || url.search !== ''),
  )
  return each(bodies, (call) => {
    const found = realSeries(`${call.requestBody} ${call.url.search}`)
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
  'handles-nonce': handlesNonce,
  'reuses-token': reusesToken,
  'sends-no-real-number': sendsNoRealNumber,
} as const satisfies Record<string, Judge>
