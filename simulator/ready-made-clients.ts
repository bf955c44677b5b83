import type { Origins } from './origins.ts'
import type { Client, Jwk } from './store/clients.ts'
import { generateRsaJwk } from './surfaces/tokens/signing-key.ts'
import type { World } from './world.ts'

/** The two synthetic municipalities of NHN's documents: the one with JFT test data, and that of the VKP reverse proxy. */
const MUNICIPALITIES = ['313231593', '312229544']

/** The scope of JFT (JFT introduction, 26.02.2026). */
const SCOPES = ['nhn:jft/api']

const common = { scopes: SCOPES, grantTypes: ['client_credentials'], children: [], delegations: [], publicKeys: [] }

/** Clients that every sandbox has, with keys that are made on first use. */
export function readyMadeClients(): Client[] {
  return [
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789ab',
      name: 'Bruno-Local',
      tenancy: 'multi-tenant',
      organization: '994598759',
      delegations: MUNICIPALITIES,
      keyName: 'client-vendor',
    },
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789ac',
      name: 'EHR-Local',
      tenancy: 'multi-tenant',
      organization: '994598759',
      delegations: MUNICIPALITIES,
      keyName: 'client-ehr',
    },
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789ad',
      name: 'Municipality-Local',
      tenancy: 'single-tenant',
      organization: '313231593',
      keyName: 'client-municipality',
    },
  ]
}

/**
 * A client's configuration as HelseID's self-service hands it out. Ready-made clients have their private key in it,
 * `privateJwk` as JSON in a string; it has no `kid`, since NHN's VKP sample adds one itself.
 */
export async function clientFile(world: World, client: Client, origins: Origins): Promise<Record<string, unknown>> {
  const { clientId, grantTypes, scopes, keyName } = client
  const file = {
    authority: origins.helseid,
    clientId,
    grantTypes,
    scopes,
    secretType: 'private_key_jwt:RsaPrivateKeyJwtSecret',
  }
  if (keyName === undefined) return file
  const jwk = await world.keys.get(keyName, generateRsaJwk)
  return { ...file, rsaPrivateKey: rsaKeyValue(jwk), rsaKeySizeBits: 2048, privateJwk: JSON.stringify(jwk) }
}

/** The XML form of an RSA key that .NET reads (XML Signature, RSAKeyValue, with .NET's private members). */
function rsaKeyValue(jwk: Jwk): string {
  const members = { Modulus: 'n', Exponent: 'e', P: 'p', Q: 'q', DP: 'dp', DQ: 'dq', InverseQ: 'qi', D: 'd' }
  const elements = Object.entries(members).map(([name, member]) => `<${name}>${base64(String(jwk[member]))}</${name}>`)
  return `<RSAKeyValue>${elements.join('')}</RSAKeyValue>`
}

function base64(base64url: string): string {
  const plain = base64url.replaceAll('-', '+').replaceAll('_', '/')
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, '=')
}
