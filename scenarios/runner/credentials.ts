import { exportJWK } from 'jose'
import { unknownName } from '../../simulator/ground/text/suggest.ts'
import {
  assertionParts,
  type ClientFile,
  clientKey,
  formMembers,
  newProofKey,
  type ProofKey,
  proofParts,
  secondsOf,
} from '../helseid-client.ts'
import { alterJwt, type JwtKey, signJwt } from '../jwt.ts'
import type { JwtEdit, ProofEdit, Step, TokenEdit } from '../pack/step.ts'
import { PROOF_DEFECTS, REQUEST_DEFECTS, type RequestDefect, TOKEN_DEFECTS } from './defects.ts'
import { formOf } from './form.ts'
import { exchange, type Recorder, type Reply } from './http.ts'
import { NOBODY, type Party } from './parties.ts'
import type { Place } from './place.ts'

/** HelseID gave no token that a step needs; the message has its answer. */
export class NoToken extends Error {}

/** What one party holds in one scenario. */
interface Wallet {
  readonly key: ProofKey
  /** Made when a proof should be signed with it. */
  foreign?: ProofKey
  accessToken?: string
  lastProof?: string
}

type TokenStep = NonNullable<Step['token']>
type TestTokenStep = NonNullable<Step['test-token']>

/** The tokens and proofs of a scenario's parties. A token is got when it is first needed, and kept. */
export interface Credentials {
  /** Asks HelseID for a token as the step says; a token that comes is the party's from then on. */
  request(party: Party, step: TokenStep, proof: ProofEdit, record: Recorder): Promise<Reply>
  /** Asks the test token service for a token that is the party's from then on. */
  requestTest(party: Party, step: TestTokenStep, record: Recorder): Promise<Reply>
  /** The headers of one call, with changes. Rejects with a `NoToken`. */
  authorize(party: Party, call: Call, changes: Changes, record: Recorder): Promise<[string, string][]>
}

/** The call that a proof is for. */
interface Call {
  readonly method: string
  readonly url: string
}

/** Changes to what a call carries. */
interface Changes {
  readonly proof: ProofEdit
  readonly token: TokenEdit | undefined
}

/** Credentials for one scenario, at one place. */
export function createCredentials(place: Place): Credentials {
  const wallets = new Map<string, Promise<Wallet>>()
  const walletOf = (party: Party) => {
    const wallet = wallets.get(party.name) ?? newWallet()
    wallets.set(party.name, wallet)
    return wallet
  }
  const self: Credentials = {
    async request(party, step, proof, record) {
      const wallet = await walletOf(party)
      const file = await place.clientFile(step.client ?? party.client, party.like)
      const reply = await askHelseid(place, { party, wallet, file, step, proof }, record)
      const token = (reply.json as { access_token?: unknown } | undefined)?.access_token
      if (typeof token === 'string') wallet.accessToken = token
      return reply
    },
    async requestTest(party, step, record) {
      const wallet = await walletOf(party)
      const reply = await askTestTokens(place, party, step, { wallet, record })
      const answer = reply.json as { successResponse?: { accessTokenJwt?: unknown } } | undefined
      const token = answer?.successResponse?.accessTokenJwt
      if (typeof token === 'string') wallet.accessToken = token
      return reply
    },
    async authorize(party, call, { proof, token }, record) {
      if (party.name === NOBODY) return []
      const wallet = await walletOf(party)
      const own = wallet.accessToken ?? (await firstToken(self, party, wallet, record))
      const accessToken = token === undefined ? own : alterJwt(own, token, secondsOf(place.clock.now))
      const authorization: [string, string] = ['authorization', `${party.scheme} ${accessToken}`]
      if (party.scheme === 'Bearer' && Object.keys(proof).length === 0) return [authorization]
      return [authorization, ...(await proofHeaders(wallet, { ...call, accessToken }, proof, place.clock.now))]
    },
  }
  return self
}

/** A proof's changes: by the name of a defect, or as written. Throws when there is no such defect. */
export function proofEdit(written: string | ProofEdit | undefined): ProofEdit {
  return typeof written === 'string' ? defectOf(PROOF_DEFECTS, written) : (written ?? {})
}

function defectOf<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = table[name]
  if (found === undefined) throw new Error(unknownName('defect', name, Object.keys(table)))
  return found
}

async function newWallet(): Promise<Wallet> {
  return { key: await newProofKey() }
}

async function foreignKey(wallet: Wallet): Promise<ProofKey> {
  wallet.foreign ??= await newProofKey()
  return wallet.foreign
}

async function firstToken(self: Credentials, party: Party, wallet: Wallet, record: Recorder): Promise<string> {
  const reply = await self.request(party, {}, {}, (sent) => record({ ...sent, purpose: 'token' }))
  if (wallet.accessToken !== undefined) return wallet.accessToken
  throw new NoToken(
    `HelseID gave ${party.name} no token: ${reply.status} ${reply.text.slice(0, 1_000)}${reply.broken ?? ''}`,
  )
}

interface Asking {
  readonly party: Party
  readonly wallet: Wallet
  readonly file: ClientFile
  readonly step: TokenStep
  readonly proof: ProofEdit
}

/** Asks, and answers the demand for a nonce (RFC 9449, section 8) unless the proof is not to. */
async function askHelseid(place: Place, asking: Asking, record: Recorder): Promise<Reply> {
  const url = `${asking.file.authority}/connect/token`
  const post = async (nonce?: string) => {
    const body = (await tokenForm(place, asking)).toString()
    const target = { method: 'POST', url, ...(nonce === undefined ? {} : { nonce }) }
    const { scheme } = asking.party
    const wantsProof = scheme === 'DPoP' || Object.keys(asking.proof).length > 0
    const proofs = wantsProof ? await proofHeaders(asking.wallet, target, asking.proof, place.clock.now) : []
    const type: [string, string] = ['content-type', 'application/x-www-form-urlencoded']
    return exchange(place.send, { method: 'POST', url, headers: [type, ...proofs], body }, 'step', record)
  }
  const first = await post()
  const nonce = first.headers.get('dpop-nonce')
  return nonce === null || asking.proof.nonce === 'none' ? first : post(nonce)
}

async function tokenForm(place: Place, { party, file, step }: Asking): Promise<URLSearchParams> {
  const { assertion = {}, form = {} } = withDefect(step)
  const orgnr = step.orgnr === undefined ? party.orgnr : step.orgnr
  const signing = await signerFor(file, assertion)
  const parts = await assertionParts(file, orgnr ?? undefined, place.clock.now)
  const signed = await signJwt(parts, signing, assertion, secondsOf(place.clock.now))
  const scope = step.scope === undefined ? party.scope : step.scope
  return formOf({ ...formMembers(file, signed), scope, ...form })
}

function withDefect({ defect, assertion, form }: TokenStep): RequestDefect {
  const named: RequestDefect = defect === undefined ? {} : defectOf(REQUEST_DEFECTS, defect)
  return { assertion: { ...named.assertion, ...assertion }, form: { ...named.form, ...form } }
}

async function signerFor(file: ClientFile, { key }: JwtEdit): Promise<JwtKey> {
  if (key !== 'foreign') return clientKey(file)
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return { privateKey, alg: 'RS256' }
}

interface Target extends Call {
  readonly accessToken?: string
  readonly nonce?: string
}

async function proofHeaders(
  wallet: Wallet,
  target: Target,
  edit: ProofEdit,
  now: () => number,
): Promise<[string, string][]> {
  if (edit.count === 0) return []
  const { lastProof } = wallet
  const make = () => signProof(wallet, target, edit, now)
  const proof = edit.reuse && lastProof !== undefined ? lastProof : await make()
  wallet.lastProof = proof
  const second: [string, string][] = edit.count === 2 ? [['dpop', await make()]] : []
  return [['dpop', proof], ...second]
}

async function signProof(wallet: Wallet, target: Target, edit: ProofEdit, now: () => number): Promise<string> {
  const key = edit.key === 'foreign' ? await foreignKey(wallet) : wallet.key
  const parts = await proofParts(key, target, now)
  const jwk = edit.privateJwk ? { jwk: await exportJWK(key.privateKey) } : {}
  const signing = { privateKey: key.privateKey, alg: 'ES256' }
  return signJwt({ ...parts, header: { ...parts.header, ...jwk } }, signing, edit, secondsOf(now))
}

/** The party's claims as HelseID would put them in, with the defect. */
async function askTestTokens(
  place: Place,
  party: Party,
  { defect, request = {} }: TestTokenStep,
  { wallet, record }: { readonly wallet: Wallet; readonly record: Recorder },
): Promise<Reply> {
  const named: Readonly<Record<string, unknown>> = defect === undefined ? {} : defectOf(TOKEN_DEFECTS, defect)
  const { unbound, ...members } = named
  const jwk = await exportJWK(wallet.key.privateKey)
  const file = await place.clientFile(party.client, party.like)
  const body = merged(
    {
      audience: (party.scope ?? 'nhn:jft/api').split('/')[0],
      issuerEnvironment: 'Test',
      createDPoPTokenWithDPoPProof: unbound !== true,
      clientClaimsParametersGeneration: 'GenerateDefaultWithClaimsFromNonEmptyParameterValues',
      userClaimsParametersGeneration: 'GenerateNone',
      clientClaimsParameters: {
        clientId: file.clientId,
        scope: [party.scope ?? 'nhn:jft/api'],
        orgnrParent: party.orgnr ?? undefined,
      },
      dPoPProofParameters: {
        htmClaimValue: 'POST',
        htuClaimValue: 'https://unused.example',
        privateKeyForProofCreation: JSON.stringify(jwk),
      },
    },
    members,
    request,
  )
  const url = `${place.urls.ttt}/v2/create-test-token-with-key`
  const key: [string, string][] = place.testTokenKey === undefined ? [] : [['x-auth-key', place.testTokenKey]]
  const headers: [string, string][] = [['content-type', 'application/json'], ...key]
  return exchange(place.send, { method: 'POST', url, headers, body: JSON.stringify(body) }, 'step', record)
}

/** Objects are merged member by member; the last one wins. */
function merged(...objects: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  const all: Record<string, unknown> = {}
  for (const [name, value] of objects.flatMap((one) => Object.entries(one))) {
    const both = isObject(all[name]) && isObject(value)
    all[name] = both ? merged(all[name] as Record<string, unknown>, value as Record<string, unknown>) : value
  }
  return all
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
