import type { PartySpec } from '../pack/pack.ts'

/** Who acts: as which client, for which municipality, with which kind of token. */
export interface Party {
  readonly name: string
  /** Name of a ready-made client of the simulator. */
  readonly client: string
  /** The municipality that it acts for; `null`: the client names none. */
  readonly orgnr: string | null
  /** `null`: all that the client may have. */
  readonly scope: string | null
  readonly scheme: 'DPoP' | 'Bearer'
  /** The party whose client file a target gives. */
  readonly like: string
}

const jft = { scope: 'nhn:jft/api', scheme: 'DPoP' } as const

/** The party that calls without any token. */
export const NOBODY = 'nobody'

/** The parties that every scenario knows; without `orgnr` they act for the municipality of the target. */
const PARTIES: Readonly<Record<string, Omit<Party, 'orgnr'> & { readonly orgnr?: null }>> = {
  'response-centre': { name: 'response-centre', like: 'response-centre', client: 'Bruno-Local', ...jft },
  ehr: { name: 'ehr', like: 'ehr', client: 'EHR-Local', ...jft },
  municipality: { name: 'municipality', like: 'municipality', client: 'Municipality-Local', orgnr: null, ...jft },
  'pit-vendor': {
    name: 'pit-vendor',
    like: 'pit-vendor',
    client: 'Bruno-PIT',
    scope: 'nhn:pit/api.read',
    scheme: 'DPoP',
  },
  'pit-ehr': { name: 'pit-ehr', like: 'pit-ehr', client: 'EHR-PIT', scope: 'nhn:pit/api.write', scheme: 'DPoP' },
  'vkp-vendor': {
    name: 'vkp-vendor',
    like: 'vkp-vendor',
    client: 'Bruno-VKP',
    orgnr: null,
    scope: null,
    scheme: 'Bearer',
  },
}

/** Names of the parties that every scenario knows. */
export const PARTY_NAMES = [...Object.keys(PARTIES), NOBODY]

/** The party of that name: a scenario's own, or one of those that every scenario knows. */
export function partyOf(name: string, own: Readonly<Record<string, PartySpec>>, municipality: string): Party {
  const spec = own[name] ?? {}
  const base = PARTIES[spec.like ?? name] ?? PARTIES['response-centre']
  if (!base) throw new Error(`There is no party ${name}.`)
  const { client = base.client, scope = base.scope, scheme = base.scheme } = spec
  const orgnr = spec.orgnr === undefined ? (base.orgnr === undefined ? municipality : base.orgnr) : spec.orgnr
  return { name, like: base.like, client, orgnr, scope, scheme }
}
