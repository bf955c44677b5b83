import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose'
import { type ClientFile, clientKey, hashOf, newProofKey, type ProofKey } from '../../scenarios/helseid-client.ts'
import { claimsOf, type JwtParts, readJwt, signJwt } from '../../scenarios/jwt.ts'
import type { Target } from '../../scenarios/runner/target.ts'
import { callerOf, ownTokens } from './own-tokens.ts'

/** How the target is told of what a client signed for the proxy. */
export interface Signer {
  /** Sets the headers of a call as the upstream is to get them. */
  sign(headers: Headers): Promise<void>
  /** The form of a token request as HelseID is to get it. */
  form(body: string): Promise<string>
}

interface Options {
  /** A URL of the proxy's as the upstream has it; others stay as they are. */
  readonly upstreamOf: (url: string) => string
  /** What the user should know, once for each thing. */
  readonly said: (text: string) => void
}

/**
 * Signs again what a client signed for the proxy's URLs: assertions with the key of its file, proofs with a key of the proxy's
 * own for each key of the client's. Nothing else of them is changed, and what is not signed rightly is left as it is: what a
 * client does wrong, it does wrong at the upstream too.
 */
export function createSigner({ clients, send }: Pick<Target, 'clients' | 'send'>, options: Options): Signer {
  const { upstreamOf } = options
  const keys = new Map<string, Promise<ProofKey>>()
  const tokenOf = ownTokens(send)
  const said = once(options.said)
  const fileOf = (clientId: string) => Object.values(clients).find((one) => one.clientId === clientId)
  const proofSigned = async (headers: Headers, key: ProofKey, change: (claims: Claims) => Claims = same) => {
    const { header, claims } = readJwt(headers.get('dpop') ?? '')
    const signed = {
      header: { ...header, alg: 'ES256', jwk: key.publicJwk },
      claims: change(withHtu(claims, upstreamOf)),
    }
    headers.set('dpop', await signJwt(signed, { privateKey: key.privateKey, alg: 'ES256' }))
  }
  return {
    async sign(headers) {
      const signer = await signerOf(headers.get('dpop') ?? '')
      if (signer === undefined) return
      const own = await keyFor(keys, signer)
      const [scheme = '', token = ''] = (headers.get('authorization') ?? '').split(' ')
      if (scheme === '') return proofSigned(headers, own)
      if (scheme.toLowerCase() !== 'dpop') return
      const caller = callerOf(token)
      const { clientId = '(unknown)' } = caller
      if (await isBoundTo(token, own)) {
        said(`Calls of ${clientId} are signed again, with the key that its token is bound to.`)
        return proofSigned(headers, own)
      }
      const file = fileOf(clientId)
      if (!file) return said(unsignable(clientId))
      const { accessToken, proofKey } = await tokenOf(file, caller, token)
      const before = await hashOf(token)
      const after = await hashOf(accessToken)
      headers.set('authorization', `${scheme} ${accessToken}`)
      said(`Calls of ${clientId} are signed again, with a token and a key of the proxy's own.`)
      return proofSigned(headers, proofKey, (claims) => (claims.ath === before ? { ...claims, ath: after } : claims))
    },
    async form(body) {
      const members = new URLSearchParams(body)
      const assertion = members.get('client_assertion')
      if (assertion === null) return body
      const clientId = String(claimsOf(assertion).iss)
      const file = fileOf(clientId)
      if (!file) {
        said(`The target has no file of the client ${clientId}: HelseID refuses its assertion, which names the proxy.`)
        return body
      }
      members.set('client_assertion', await assertionAgain(assertion, file, upstreamOf))
      return members.toString()
    },
  }
}

type Claims = JwtParts['claims']

const same = (claims: Claims) => claims

function unsignable(clientId: string): string {
  return `The target has no file of the client ${clientId}: its proofs name the proxy's URL, which the upstream refuses.`
}

function once(say: (text: string) => void): (text: string) => void {
  const told = new Set<string>()
  return (text) => {
    if (!told.has(text)) say(text)
    told.add(text)
  }
}

function withHtu(claims: Claims, upstreamOf: (url: string) => string): Claims {
  return typeof claims.htu === 'string' ? { ...claims, htu: upstreamOf(claims.htu) } : claims
}

/** The key that a proof names, where the proof is signed with it. */
async function signerOf(proof: string): Promise<JWK | undefined> {
  try {
    const { jwk, alg } = readJwt(proof).header
    await compactVerify(proof, await importJWK(jwk as JWK, String(alg)))
    return jwk as JWK
  } catch {
    return undefined
  }
}

/** The proxy's own key instead of a client's. */
async function keyFor(keys: Map<string, Promise<ProofKey>>, jwk: JWK): Promise<ProofKey> {
  const thumbprint = await calculateJwkThumbprint(jwk)
  const key = keys.get(thumbprint) ?? newProofKey()
  keys.set(thumbprint, key)
  return key
}

async function isBoundTo(token: string, { publicJwk }: ProofKey): Promise<boolean> {
  const { cnf } = claimsOf(token) as { cnf?: { jkt?: unknown } }
  return cnf?.jkt === (await calculateJwkThumbprint(publicJwk))
}

/** The same assertion for the upstream, if the client signed it with the key of its file. */
async function assertionAgain(
  assertion: string,
  file: ClientFile,
  upstreamOf: (url: string) => string,
): Promise<string> {
  const key = await clientKey(file)
  const { kty, n, e, crv, x, y } = JSON.parse(file.privateJwk) as JWK
  try {
    await compactVerify(assertion, await importJWK({ kty, n, e, crv, x, y } as JWK, key.alg))
  } catch {
    return assertion
  }
  const { header, claims } = readJwt(assertion)
  const { aud } = claims
  const audience = Array.isArray(aud) ? aud.map((one) => upstreamOf(String(one))) : upstreamOf(String(aud))
  return signJwt({ header, claims: { ...claims, aud: audience } }, key)
}
