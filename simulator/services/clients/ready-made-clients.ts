import { SUBMISSION_TYPES } from '../../ground/event-types.ts'
import type { Jwk, SigningKeys } from '../../ground/keys.ts'
import type { Environment, Origins } from '../../ground/origins.ts'
import { SERVICE_CODES } from '../../ground/service-codes.ts'
import { SURFACES, vkpScope } from '../../ground/surfaces.ts'
import { TOKEN_EXCHANGE } from '../../rules/token/grant-types.ts'
import type { State } from '../../state/ports.ts'
import type { Client, RegisterEntry, VkpRoute } from '../../state/records.ts'
import { thumbprintOf } from '../tokens/jwt.ts'
import { generateRsaJwk } from '../tokens/signing-key.ts'
import { sampleClients, sampleRegister, VKP_SAMPLES_MUNICIPALITY } from './sample-clients.ts'

/** The two synthetic municipalities of NHN's documents: the one with JFT test data, and that of the VKP reverse proxy. */
const MUNICIPALITIES = ['313231593', '312229544']

/** The child unit of the municipality with JFT test data: without one, a single-tenant client can name none. */
const CHILD_UNITS = ['310911186']

/** The scope of JFT (JFT introduction). */
const { scopes: SCOPES } = SURFACES['jft-write'].token

/** The scopes of PIT, which is in Test only (PIT HelseID page). */
const { scopes: PIT_SCOPES } = SURFACES.pit.token

/** What a client of VKP may search for, as NHN's sample client does (VKP.Samples, HelseId.json). */
const VKP_READS = [
  ...['CarePlan', 'Composition', 'Condition', 'EpisodeOfCare', 'Patient'],
  ...['MedicationStatement', 'AllergyIntolerance'],
]

const VKP_SCOPES = [
  ...SUBMISSION_TYPES.map((type) => vkpScope(type, 'write')),
  ...VKP_READS.map((type) => vkpScope(type, 'read')),
]

/** The system that the ready-made client of VKP has as its `vkp-id`: supplier, system, municipality. */
export const READY_MADE_VKP_ID = 'Bruno_Local_Test'

/** VKP's own client at HelseID, with which it exchanges a vendor's token for one for JFT. */
export const VKP_CLIENT_ID = 'acdc0123-acdc-0123-4567-0123456789b0'

/** Of the municipalities that NHN's documents and samples call, one is proxied (VKP as reverse proxy). */
const VKP_MUNICIPALITIES = [...MUNICIPALITIES, VKP_SAMPLES_MUNICIPALITY]

/** How VKP delivers from the start; what is not listed is classic. */
export const READY_MADE_ROUTES: readonly VkpRoute[] = [{ orgnr: '312229544', vkpId: '*', mode: 'proxy' }]

/** Whose system may call VKP from the start. */
export const READY_MADE_REGISTER: readonly RegisterEntry[] = [
  ...VKP_MUNICIPALITIES.map((orgnr) => ({
    orgnr,
    vkpId: READY_MADE_VKP_ID,
    active: true,
    serviceCodes: SERVICE_CODES,
  })),
  ...sampleRegister(VKP_MUNICIPALITIES),
]

const common = {
  scopes: SCOPES,
  grantTypes: ['client_credentials'],
  dpop: 'required',
  apiClaims: {},
  children: [],
  delegations: [],
  publicKeys: [],
} as const

/** Clients of a vendor, of a record system and of a municipality itself for PIT. In Test a vendor delegates to itself (PIT HelseID page). */
const PIT_CLIENTS: readonly Client[] = [
  {
    ...common,
    clientId: 'acdc0123-acdc-0123-4567-0123456789b1',
    name: 'Bruno-PIT',
    tenancy: 'multi-tenant',
    organization: '994598759',
    delegations: MUNICIPALITIES,
    scopes: PIT_SCOPES,
    keyName: 'client-pit-vendor',
  },
  {
    ...common,
    clientId: 'acdc0123-acdc-0123-4567-0123456789b2',
    name: 'EHR-PIT',
    tenancy: 'multi-tenant',
    organization: '994598759',
    delegations: MUNICIPALITIES,
    scopes: PIT_SCOPES,
    keyName: 'client-pit-ehr',
  },
  {
    ...common,
    clientId: 'acdc0123-acdc-0123-4567-0123456789b3',
    name: 'Municipality-PIT',
    tenancy: 'single-tenant',
    organization: MUNICIPALITIES[0] ?? '',
    scopes: PIT_SCOPES,
    keyName: 'client-pit-municipality',
  },
]

/** Production takes real organisations only: the one that NHN's own tokens show. */
const PRODUCTION = ['994598759']

/** Clients that every sandbox has, with keys that are made on first use. */
export function readyMadeClients(environment: Environment = 'test'): Client[] {
  const municipalities = environment === 'test' ? MUNICIPALITIES : PRODUCTION
  const [own = ''] = municipalities
  return [
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789ab',
      name: 'Bruno-Local',
      tenancy: 'multi-tenant',
      organization: '994598759',
      delegations: municipalities,
      keyName: 'client-vendor',
    },
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789ac',
      name: 'EHR-Local',
      tenancy: 'multi-tenant',
      organization: '994598759',
      delegations: municipalities,
      keyName: 'client-ehr',
    },
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789ad',
      name: 'Municipality-Local',
      tenancy: 'single-tenant',
      organization: own,
      children: environment === 'test' ? CHILD_UNITS : [],
      keyName: 'client-municipality',
    },
    {
      ...common,
      clientId: 'acdc0123-acdc-0123-4567-0123456789af',
      name: 'Bruno-VKP',
      tenancy: 'none',
      organization: '994598759',
      scopes: VKP_SCOPES,
      dpop: 'optional',
      apiClaims: { 'nhn:vkp/client/claims/vkp-id': READY_MADE_VKP_ID },
      keyName: 'client-vkp-vendor',
    },
    {
      ...common,
      clientId: VKP_CLIENT_ID,
      name: 'VKP',
      tenancy: 'multi-tenant',
      organization: '994598759',
      delegations: ['*'],
      grantTypes: ['client_credentials', TOKEN_EXCHANGE],
      keyName: 'client-vkp',
    },
    ...(environment === 'test' ? [...PIT_CLIENTS, ...sampleClients(VKP_SCOPES)] : []),
  ]
}

/**
 * A client's configuration as HelseID's self-service hands it out. Ready-made clients have their private key in it, where
 * keys are handed out: `privateJwk` as JSON in a string, with a `kid`: libraries refuse a key without one, or take the tokens of
 * two such keys for the same.
 */
export async function clientFile(
  keys: SigningKeys,
  client: Client,
  { origins, handsOutKeys }: { readonly origins: Origins; readonly handsOutKeys: boolean },
): Promise<Record<string, unknown>> {
  const { clientId, grantTypes, scopes, keyName } = client
  const file = {
    authority: origins.helseid,
    clientId,
    grantTypes,
    scopes,
    secretType: 'private_key_jwt:RsaPrivateKeyJwtSecret',
  }
  if (keyName === undefined) return file
  if (!handsOutKeys) return { ...file, note: KEPT_BACK }
  const jwk = await privateKeyNamed(keys, keyName)
  return { ...file, rsaPrivateKey: rsaKeyValue(jwk), rsaKeySizeBits: 2048, privateJwk: JSON.stringify(jwk) }
}

const KEPT_BACK =
  'Other machines can reach this simulator, so it gives no private key out. Register a key of your own (POST /_sim/clients), bind to localhost, or start it with --hand-out-keys.'

/** The private key of a ready-made client, as JSON. Throws where the client has none here. */
export async function privateJwkOf(
  { clients, keys }: Pick<State, 'clients' | 'keys'>,
  clientId: string,
): Promise<string> {
  const client = await clients.find(clientId)
  if (client?.keyName === undefined) throw new TypeError(`there is no private key of client ${clientId} here`)
  return JSON.stringify(await privateKeyNamed(keys, client.keyName))
}

/** The key with its thumbprint (RFC 7638) as its `kid`. */
async function privateKeyNamed(keys: SigningKeys, keyName: string): Promise<Jwk> {
  const jwk = await keys.get(keyName, generateRsaJwk)
  return { ...jwk, kid: await thumbprintOf(jwk) }
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
