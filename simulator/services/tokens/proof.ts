import type { CryptoKey } from 'jose'
import { finding, isMembers, type Members } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { ALGORITHMS } from '../../rules/token/claims.ts'
import type { Proof } from '../../rules/token/dpop.ts'
import { isSignedBy, parseJwt, publicKey, thumbprintOf } from './jwt.ts'
import { createMemo } from './memo.ts'

/** The proof of a request, or why there is none to check. */
export type ReadProof =
  | { readonly proof: Proof; readonly issues?: undefined }
  | { readonly proof?: undefined; readonly issues: readonly Issue[] }

/** What the header segment of a proof says; the same client sends the same segment with each request. */
interface ProofKey {
  readonly thumbprint: string | undefined
  /** Whether there are a key and an algorithm to check the signature with; a key of another type fits no signature. */
  readonly checkable: boolean
  readonly key: CryptoKey | undefined
}

/** A pure function of its key, so all worlds may share it. */
const proofKeys = createMemo<ProofKey>(1_000)

/** Reads the proof that a `DPoP` header has and verifies its signature; `null`: there was no such header. */
export async function readProof(text: string | null): Promise<ReadProof> {
  if (text === null || text === '') return missing('dpop-missing', 'The request has no DPoP header.')
  if (text.includes(',')) return missing('dpop-multiple', 'The request has more than one DPoP header.')
  const jwt = parseJwt(text)
  if (!jwt) return missing('dpop-malformed', 'The DPoP header is not a compact JWT.')
  const { key, thumbprint, checkable } = await keyOfProof(text.slice(0, text.indexOf('.')), jwt.header)
  const signature = checkable ? ((await isSignedBy(text, key)) ? 'good' : 'bad') : 'unchecked'
  return { proof: { ...jwt, thumbprint, signature } }
}

function missing(rule: 'dpop-missing' | 'dpop-multiple' | 'dpop-malformed', message: string): ReadProof {
  return { issues: [finding(rule, message, 'one DPoP header with a proof')] }
}

async function keyOfProof(segment: string, header: Members): Promise<ProofKey> {
  const known = proofKeys.get(segment)
  if (known) return known
  const made = await importProofKey(header)
  proofKeys.put(segment, made)
  return made
}

async function importProofKey({ alg, jwk }: Members): Promise<ProofKey> {
  const thumbprint = await thumbprintOf(jwk)
  const checkable = thumbprint !== undefined && ALGORITHMS.some((known) => known === alg)
  return { thumbprint, checkable, key: checkable && isMembers(jwk) ? await publicKey(jwk, alg) : undefined }
}
