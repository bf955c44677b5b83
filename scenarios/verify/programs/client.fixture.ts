import { noteUnheard } from '../../../simulator/index.ts'
import { assertionParts, clientKey, formMembers, newProofKey, type ProofKey, proofParts } from '../../helseid-client.ts'
import { signJwt } from '../../jwt.ts'
import type { Send } from '../../runner/target.ts'
import type { Surroundings } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'

type Claims = Record<string, unknown>

/** How a client behaves; what is left out it does right. Times are in milliseconds. */
export interface Traits {
  /** How long its requests take each way. */
  readonly latency?: number
  readonly token?: 'each' | 'unlocked' | 'early'
  /** A token for each scope, where several. */
  readonly scopes?: 'each'
  readonly scope?: string
  readonly assertion?: (claims: Claims) => Claims
  readonly proof?: (claims: Claims, url: string) => Claims
  readonly proofHeader?: (header: Claims) => Claims
  readonly proofs?: 'reused'
  readonly nonce?: 'ignored' | 'ignored-at-helseid'
  readonly on401?: 'give-up' | 'same-token'
  readonly on429?: 'at-once' | 'give-up' | 'half' | 'seconds-only'
  readonly on5xx?: 'at-once' | 'give-up' | 'shorter'
  readonly onReset?: 'at-once' | 'give-up' | 'skip'
  readonly onCut?: 'give-up' | 'as-it-is'
  /** Its patience ends before a slow body has come, or after a second, in which any body has. */
  readonly onSlowBody?: 'hang-up' | 'hang-up-late'
  /** Milliseconds between two requests to a HelseID that does not take it. */
  readonly asksAgainEvery?: number
  /** How often its HTTP library sends the same request again on its own where no answer came, and of which method. */
  readonly library?: { readonly sends: number; readonly method: string }
  /** Goes away from such answers before they are there, once, as a client does whose time is over. */
  readonly goesAwayFrom?: (status: number, headers: Headers) => boolean
  readonly onTokenOutage?: 'at-once' | 'give-up'
  /** Waits before repetitions; the last one holds on. */
  readonly waits?: readonly number[]
  readonly headers?: Readonly<Record<string, string | null>>
}

/** One request of a program; the body as text. */
export interface Sent {
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly scope?: string
}

/** What came back. */
export interface Got {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The program stops here: it ends with exit code 1. */
export class GaveUp extends Error {}

/** The connection broke before there was a status, or in the middle of the body. */
class Broken extends Error {
  readonly partial: string | undefined
  constructor(partial?: string) {
    super('broken')
    this.partial = partial
  }
}

/** The part of a body that somebody has who hung up. */
const TOO_SLOW = 'too slow'

const isSlow = ({ headers }: Response) => headers.get('jftsim-fault')?.includes('slow-body') ?? false

const RIGHT_WAITS = [200, 400, 800, 1_600, 3_200]
let shared: Promise<ProofKey> | undefined

/** A client of HelseID and of the APIs, with DPoP or without. */
export function createClient(
  { client, municipality }: Surroundings,
  { time, send, scheme }: { readonly time: StageTime; readonly send: Send; readonly scheme: 'DPoP' | 'Bearer' },
  traits: Traits,
) {
  const { latency = 10, waits = RIGHT_WAITS } = traits
  const tokens = new Map<string, Promise<string>>()
  const nonces = new Map<string, string>()
  const reused = new Map<string, string>()
  let isImpatient = true
  shared ??= newProofKey()
  const waitOf = (attempt: number) => {
    const wait = waits[Math.min(attempt, waits.length - 1)] ?? 0
    return traits.on5xx === 'shorter' ? 2_000 / (attempt + 1) ** 2 : wait
  }

  async function exchange(method: string, url: string, headers: Record<string, string>, body?: string): Promise<Got> {
    await time.sleep(latency)
    const got = await time.during(async () => {
      const answer = await send(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) })).catch(
        () => {
          throw new Broken()
        },
      )
      if (isImpatient && traits.goesAwayFrom?.(answer.status, answer.headers)) {
        isImpatient = false
        await noteUnheard(answer)
        throw new Broken()
      }
      if (traits.onSlowBody && isSlow(answer)) {
        await answer.body?.cancel()
        await noteUnheard(answer)
        throw new Broken(TOO_SLOW)
      }
      return { status: answer.status, headers: answer.headers, text: await textOf(answer) }
    })
    await time.sleep(latency)
    return got
  }

  async function proofFor(method: string, url: string, accessToken?: string): Promise<string> {
    const key = await (shared ?? newProofKey())
    const name = `${method} ${url.split('?')[0]}`
    const old = traits.proofs === 'reused' && accessToken !== undefined ? reused.get(name) : undefined
    if (old !== undefined) return old
    const nonce = nonces.get(placeOf(url))
    const target = {
      method,
      url,
      ...(accessToken === undefined ? {} : { accessToken }),
      ...(nonce === undefined ? {} : { nonce }),
    }
    const { header, claims } = await proofParts(key, target, time.now)
    const { proof = (same: Claims) => same, proofHeader = (same: Claims) => same } =
      accessToken === undefined ? {} : traits
    const parts = { header: proofHeader(header), claims: proof(claims, url) }
    const made = await signJwt(parts, { privateKey: key.privateKey, alg: 'ES256' })
    reused.set(name, made)
    return made
  }

  /** Whether there was a nonce to take. */
  function keepNonce(url: string, { headers, status }: Got): boolean {
    const nonce = headers.get('dpop-nonce')
    const isHelseId = url.includes('/connect/token')
    if (nonce === null || (traits.nonce === 'ignored' && !isHelseId)) return false
    if (traits.nonce === 'ignored-at-helseid' && isHelseId) return false
    nonces.set(placeOf(url), nonce)
    return status === 400 || status === 401
  }

  async function requestToken(scope: string): Promise<string> {
    const url = `${client.authority}/connect/token`
    for (let attempt = 0; ; attempt += 1) {
      const body = await time.during(() => tokenForm(scope))
      const dpop = scheme === 'DPoP' ? { dpop: await time.during(() => proofFor('POST', url)) } : {}
      const form = { 'content-type': 'application/x-www-form-urlencoded', ...dpop }
      const got = await exchange('POST', url, form, body)
      if (got.status === 200) return (JSON.parse(got.text) as { access_token: string }).access_token
      if (keepNonce(url, got)) continue
      if (got.status < 500 && traits.asksAgainEvery !== undefined) {
        await time.sleep(traits.asksAgainEvery)
        continue
      }
      if (got.status < 500 || traits.onTokenOutage === 'give-up') throw new GaveUp(`HelseID: ${got.status}`)
      if (traits.onTokenOutage !== 'at-once') await time.sleep(waitOf(attempt))
    }
  }

  async function tokenForm(scope: string): Promise<string> {
    const { header, claims } = await assertionParts(client, scheme === 'DPoP' ? municipality : undefined, time.now)
    const { assertion = (same: Claims) => same } = traits
    const signed = await signJwt({ header, claims: assertion(claims) }, await clientKey(client))
    return String(new URLSearchParams({ ...formMembers(client, signed), scope }))
  }

  function tokenFor(scope: string): Promise<string> {
    if (traits.token === 'each') return requestToken(scope)
    const known = tokens.get(scope)
    if (known) return known
    const asked = requestToken(scope)
    if (traits.token !== 'unlocked') {
      tokens.set(scope, asked)
      // Who got none asks again.
      asked.catch(() => tokens.delete(scope))
    } else void asked.then((token) => tokens.set(scope, Promise.resolve(token))).catch(() => undefined)
    return asked
  }

  /** Sends it once, with a token and a proof. */
  async function once({ method, url, body, type = 'application/fhir+json', headers = {}, scope }: Sent): Promise<Got> {
    const token = await tokenFor(scope ?? traits.scope ?? client.scopes.join(' '))
    const dpop = scheme === 'DPoP' ? { dpop: await time.during(() => proofFor(method, url, token)) } : {}
    const sent = {
      authorization: `${scheme} ${token}`,
      ...dpop,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
      ...traits.headers,
    }
    const headed = Object.fromEntries(Object.entries(sent).filter((one): one is [string, string] => one[1] !== null))
    return byLibrary(method, () => exchange(method, url, headed, body))
  }

  /** An HTTP library that sends on its own what had no answer: the program sees what comes of the last copy. */
  async function byLibrary(method: string, send: () => Promise<Got>): Promise<Got> {
    const { sends = 0, method: own } = traits.library ?? {}
    for (let again = 0; ; again += 1) {
      try {
        return await send()
      } catch (error) {
        const isWithout = error instanceof Broken && error.partial === undefined
        if (!isWithout || method !== own || again >= sends) throw error
      }
    }
  }

  /** Sends it until it has an answer to keep. `look` may find, after a broken connection, that it is done already. */
  async function call(sent: Sent, look: () => Promise<Got | undefined> = async () => undefined): Promise<Got> {
    let renewed = 0
    for (let attempt = 0; ; ) {
      try {
        const got = await once(sent)
        const wantsNonce = keepNonce(sent.url, got)
        if (got.status === 401) {
          if (wantsNonce) continue
          renewed += 1
          if (renewed > 3 || traits.on401 === 'give-up') throw new GaveUp('401')
          if (traits.on401 !== 'same-token') tokens.clear()
          continue
        }
        if (got.status !== 429 && got.status < 500) return got
        attempt += 1
        if (attempt > 30) throw new GaveUp('30 attempts')
        await rest(got, attempt)
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        attempt += 1
        const found = await mend(error, attempt, look)
        if (found) return found
      }
    }
  }

  async function rest({ status, headers }: Got, attempt: number): Promise<void> {
    const trait = status === 429 ? traits.on429 : traits.on5xx
    if (trait === 'give-up') throw new GaveUp(String(status))
    if (trait === 'at-once') return
    const told = toldBy(headers.get('retry-after') ?? '0', trait === 'seconds-only')
    await time.sleep(
      Math.max(status === 429 && trait === 'half' ? told / 2 : told, status === 429 ? 0 : waitOf(attempt - 1)),
    )
  }

  /** Milliseconds; who knows seconds only gets nothing out of a date. */
  function toldBy(header: string, isSecondsOnly: boolean): number {
    if (/^\d+$/.test(header)) return Number(header) * 1_000
    return isSecondsOnly ? 0 : Math.max(Date.parse(header) - time.now(), 0)
  }

  async function mend(
    { partial }: Broken,
    attempt: number,
    look: () => Promise<Got | undefined>,
  ): Promise<Got | undefined> {
    if (partial === TOO_SLOW) {
      await time.sleep(traits.onSlowBody === 'hang-up' ? 1 : 1_000)
      return look()
    }
    const trait = partial === undefined ? traits.onReset : traits.onCut
    if (trait === 'give-up') throw new GaveUp('broken')
    if (trait === 'skip') return { status: 0, headers: new Headers(), text: '' }
    if (trait === 'as-it-is')
      return { status: 200, headers: new Headers(), text: '{"resourceType":"Bundle","link":[]}' }
    if (trait !== 'at-once') await time.sleep(waitOf(attempt - 1))
    return look()
  }
  return { call }
}

/** A client's request function. */
export type Call = ReturnType<typeof createClient>['call']

const placeOf = (url: string) => (url.includes('/connect/token') ? 'helseid' : url.replace(/\/v1\/.*$/, ''))

async function textOf(answer: Response): Promise<string> {
  return answer.text().catch(() => {
    throw new Broken('')
  })
}
