import { type Jwk, publicMembers } from './key-pair.ts'

/** What a client calls: the APIs of JFT themselves, or VKP. */
export type Calls = 'jft' | 'vkp'

/** The form of a registration, as it was filled in. */
export type RegistrationForm = Readonly<
  Record<'clientId' | 'name' | 'tenancy' | 'organization' | 'organizations' | 'vkpId' | 'scopes' | 'publicKey', string>
>

/** The claim by which VKP knows a vendor's system. */
const VKP_ID = 'nhn:vkp/client/claims/vkp-id'

/** The body of `POST /_sim/clients`. Throws an Error with `noKey` where the key is not a JSON object; private members are left out. */
export function registrationOf(calls: Calls, form: RegistrationForm, noKey: string) {
  const { clientId, name, tenancy, organization, vkpId } = form
  const organizations = listOf(form.organizations)
  return {
    ...(clientId === '' ? {} : { clientId }),
    name,
    tenancy,
    organization,
    ...(tenancy === 'multi-tenant' ? { delegations: organizations } : {}),
    ...(tenancy === 'single-tenant' ? { children: organizations } : {}),
    scopes: listOf(form.scopes),
    ...(calls === 'vkp' ? { dpop: 'optional', apiClaims: { [VKP_ID]: vkpId } } : {}),
    publicKeys: [publicMembers(keyOf(form.publicKey, noKey))],
  }
}

/** What stands apart by commas, blanks or lines. */
function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '')
}

/** A text that is not a key may be a private one in another form, and is not sent. */
function keyOf(text: string, noKey: string): Jwk {
  try {
    const key: unknown = JSON.parse(text)
    if (typeof key === 'object' && key !== null && 'kty' in key) return { ...key }
  } catch {
    // Said below.
  }
  throw new Error(noKey)
}
