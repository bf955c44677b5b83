import { z } from 'zod'
import type { Jwk } from '../../ground/keys.ts'
import { scopeOf } from '../../ground/surfaces.ts'
import { unknownName } from '../../ground/text/suggest.ts'
import { finding, isMembers, type Members } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { TOKEN_EXCHANGE } from '../../rules/token/grant-types.ts'
import { privateMembersIn, weaknessOf } from '../../rules/token/key.ts'
import type { OptionFault } from '../../state/options.ts'
import type { Client } from '../../state/records.ts'
import type { World } from '../../state/world.ts'

/** RFC 6749, appendix A.1. HelseID's are GUIDs. */
const CLIENT_ID = 'must have 1 to 200 characters of ASCII, without line breaks'

const organizationNumber = z.string().regex(/^\d{9}$/, 'must be nine digits')
const member = z.string().regex(/^[\w-]+$/, 'must be base64url')

/** A public key; what else self-service writes into it (`kid`, `use`, `alg`) is let through. */
const publicJwk = z.preprocess(
  (value) => (typeof value === 'string' ? parsed(value) : value),
  z.discriminatedUnion('kty', [
    z.looseObject({ kty: z.literal('RSA'), n: member, e: member }).superRefine(isStrong),
    z.looseObject({ kty: z.literal('EC'), crv: z.enum(['P-256', 'P-384', 'P-521']), x: member, y: member }),
  ]),
)

function isStrong(jwk: Members, context: z.RefinementCtx): void {
  const weakness = weaknessOf(jwk)
  if (weakness !== undefined) context.addIssue({ code: 'custom', message: `is ${weakness}` })
}

export const registrationSchema = z.strictObject({
  clientId: z.string().regex(/^[\x20-\x7e]{1,200}$/, CLIENT_ID),
  name: z.string().min(1).max(200).default('Unnamed client'),
  tenancy: z.enum(['none', 'single-tenant', 'multi-tenant']),
  organization: organizationNumber,
  delegations: z.array(organizationNumber).default([]),
  children: z.array(organizationNumber).default([]),
  scopes: z
    .array(z.string().min(1))
    .min(1)
    .default([scopeOf('jft-write', 'write')]),
  grantTypes: z
    .array(z.enum(['client_credentials', TOKEN_EXCHANGE]))
    .min(1)
    .default(['client_credentials']),
  dpop: z.enum(['required', 'optional']).default('required'),
  /** Of its own; otherwise the setting's. */
  accessTokenLifetimeSeconds: z.int().min(1).max(86_400).optional(),
  apiClaims: z
    .record(z.string().regex(/^[^/]+\/./, 'must begin with the name of an API and a slash'), z.string().min(1))
    .default({}),
  publicKeys: z.array(publicJwk).min(1),
})

/** A public key, as JSON or as JSON in a string; or what is wrong with it. */
export function readPublicKey(
  value: unknown,
):
  | { readonly key: Jwk; readonly issues?: undefined }
  | { readonly key?: undefined; readonly issues: readonly Issue[] } {
  const leaked = privateMembersOf({ publicKeys: [value] })
  if (leaked.length > 0) return { issues: leaked }
  const result = publicJwk.safeParse(value)
  if (result.success) return { key: result.data }
  return { issues: result.error.issues.map(({ path, message }) => wrongKey(z.core.toDotPath(path), message)) }
}

function wrongKey(path: string, message: string): Issue {
  return finding('client-registration', `The key${path === '' ? '' : `, ${path}`}: ${message}.`)
}

/** A client, or everything that is wrong with its registration. */
export type ReadRegistration =
  | { readonly client: Client; readonly issues?: undefined }
  | { readonly client?: undefined; readonly issues: readonly Issue[] }

/**
 * Reads the registration of a client by its public keys; the issues name every wrong field. Private keys are refused,
 * whatever else is right.
 */
export function readRegistration(value: unknown): ReadRegistration {
  const leaked = privateMembersOf(value)
  if (leaked.length > 0) return { issues: leaked }
  const result = registrationSchema.safeParse(value)
  return result.success ? { client: result.data } : { issues: result.error.issues.flatMap(issuesOf) }
}

/** The clients that a configuration registers, and what is wrong with the others. */
export function readRegistrations(values: readonly unknown[]): {
  readonly clients: readonly Client[]
  readonly faults: readonly OptionFault[]
} {
  const read = values.map(readRegistration)
  const faults = read.flatMap(({ issues = [] }, index) =>
    issues.map(({ message }) => ({ option: `clients.${index}`, message })),
  )
  return { clients: read.flatMap(({ client }) => client ?? []), faults }
}

/**
 * Registers a client with a world, or replaces the one with that id; a client without an id gets one. With issues, nothing
 * was registered.
 */
export async function registerClient(
  { state, time }: Pick<World, 'state' | 'time'>,
  value: unknown,
): Promise<ReadRegistration> {
  const read = readRegistration(isMembers(value) ? { clientId: time.ids.uuid(), ...value } : value)
  if (read.client) await state.clients.put(read.client)
  return read
}

function privateMembersOf(value: unknown): Issue[] {
  const keys = isMembers(value) ? [value.publicKeys].flat() : []
  return keys.flatMap((key, index) => {
    const jwk = typeof key === 'string' ? parsed(key) : key
    const found = isMembers(jwk) ? privateMembersIn(jwk) : []
    if (found.length === 0) return []
    const message = `publicKeys[${index}] is a private or secret key: it has ${found.join(', ')}. It was not kept; send the public members only.`
    return [finding('client-private-key', message, 'public members only', found)]
  })
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  const path = z.core.toDotPath(issue.path)
  if (issue.code !== 'unrecognized_keys')
    return [finding('client-registration', `${path || 'The body'}: ${issue.message}.`)]
  const known = Object.keys(registrationSchema.shape)
  return issue.keys.map((key) => finding('client-registration', unknownName('field', key, known), known, key))
}

/** Keys arrive as JSON in a string too, the form in which self-service downloads them. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
