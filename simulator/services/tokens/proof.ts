import { finding, isMembers, type Members } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { ALGORITHMS } from '../../rules/token/claims.ts'
import type { Proof } from '../../rules/token/dpop.ts'
import { extensionOf, weaknessOf } from '../../rules/token/key.ts'
import { parseJwt, signatureFault, thumbprintOf, type Verifier, verifierOf } from './jwt.ts'
import { createMemo } from './memo.ts'

/** The proof of a request, or why there is none to check. */
export type ReadProof =
  | { readonly proof: Proof; readonly issues?: undefined }
  | { readonly proof?: undefined; readonly issues: readonly Issue[] }

/** What the header segment of a proof says; the same client sends the same segment with each request. */
interface ProofKey {
  readonly thumbprint: string | undefined
  /** What checks the signature; absent where another check refuses the header as such. */
  readonly verifier?: Verifier
}

/** A pure function of its key, so all worlds may share it. */
const proofKeys = createMemo<ProofKey>(1_000)

/** Reads the proof that a `DPoP` header has and verifies its signature; `null`: there was no such header. */
export async function readProof(text: string | null): Promise<ReadProof> {
  if (text === null || text === '') return missing('dpop-missing', 'The request has no DPoP header.')
  if (text.includes(',')) return missing('dpop-multiple', 'The request has more than one DPoP header.')
  const jwt = parseJwt(text)
  if (!jwt) return missing('dpop-malformed', 'The DPoP header is not a compact JWT.')
  const { thumbprint, verifier } = await keyOfProof(text.slice(0, text.indexOf('.')), jwt.header)
  if (!verifier) return { proof: { ...jwt, thumbprint, signature: 'unchecked' } }
  const fault = await signatureFault(text, String(jwt.header.alg), verifier)
  return { proof: { ...jwt, thumbprint, signature: fault === undefined ? 'good' : 'bad', fault } }
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

async function importProofKey(header: Members): Promise<ProofKey> {
  const { alg, jwk } = header
  const thumbprint = await thumbprintOf(jwk)
  const known = ALGORITHMS.find((one) => one === alg)
  const refused = extensionOf(header) !== undefined || !isMembers(jwk) || weaknessOf(jwk) !== undefined
  if (thumbprint === undefined || known === undefined || refused) return { thumbprint }
  return { thumbprint, verifier: await verifierOf(known, jwk) }
}
