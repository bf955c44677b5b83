import type { Service } from './services.ts'

interface TokenFacts {
  /** The short name of the API at HelseID, as in `aud`. */
  readonly audience: string
  readonly scheme: 'DPoP' | 'Bearer'
  /** One for all, or one for each direction; VKP has one for each resource type, `vkpScope`. */
  readonly scopes: readonly string[]
}

type Kept = 'events' | 'patients'

interface SurfaceFacts {
  readonly service: Service
  /** What people call it. */
  readonly title: string
  /** Where its base URL begins, below the simulator's. */
  readonly prefix: string
  /** The real hosts, by environment; a surface without one exists only here. */
  readonly hosts: Readonly<{ test?: string; prod?: string }>
  /** The service is in Test only: `prod` does not have the surface at all. */
  readonly testOnly?: true
  /** The access tokens that a client sends to it. */
  readonly token?: TokenFacts
  /** A client is configured with its base URL, and sends no access token to it. */
  readonly withoutToken?: true
  /** What is submitted to it. */
  readonly takes?: Kept
  /** What it is searched for. */
  readonly gives?: Kept
  /**
   * Whether a web page of another origin may call it. `credentials`: what a caller has to show, no page can; but not where
   * nothing need be shown.
   */
  readonly foreignPages: 'refused' | 'credentials'
  /** Every step of its handlers, in the order in which they run. */
  readonly steps: readonly string[]
}

const JFT_TOKEN = { audience: 'nhn:jft', scheme: 'DPoP', scopes: ['nhn:jft/api'] } as const

const CALLER = ['token', 'scope', 'claims', 'rate'] as const

/**
 * The HTTP APIs that the simulator plays. Names, origins, faults, packs, case files and the dashboard all read them here: a
 * surface or a step that is added shows by type errors what else must know of it.
 */
export const SURFACES = {
  helseid: {
    service: 'helseid',
    title: 'HelseID',
    prefix: '/helseid',
    hosts: { test: 'helseid-sts.test.nhn.no', prod: 'helseid-sts.nhn.no' },
    withoutToken: true,
    foreignPages: 'credentials',
    steps: ['form', 'client', 'dpop', 'grant', 'organization', 'token'],
  },
  ttt: {
    service: 'helseid',
    title: 'Test Token Service',
    prefix: '/ttt',
    hosts: { test: 'helseid-ttt.test.nhn.no' },
    foreignPages: 'refused',
    steps: ['request', 'key', 'token', 'proof'],
  },
  selvbetjening: {
    service: 'helseid',
    title: 'Selvbetjening',
    prefix: '/selvbetjening',
    hosts: { test: 'api.selvbetjening.test.nhn.no', prod: 'api.selvbetjening.nhn.no' },
    foreignPages: 'credentials',
    steps: ['token', 'scope', 'body', 'key'],
  },
  'jft-write': {
    service: 'jft',
    title: 'JFT WriteAPI',
    prefix: '/write',
    hosts: { test: 'api.write.jft.test.nhn.no', prod: 'api.write.jft.nhn.no' },
    token: JFT_TOKEN,
    takes: 'events',
    foreignPages: 'credentials',
    steps: [
      ...(['type', ...CALLER, 'content-type', 'body', 'fhir-r4', 'resource-type', 'identifiers'] as const),
      ...(['store', 'event', 'acknowledge'] as const),
    ],
  },
  'jft-read': {
    service: 'jft',
    title: 'JFT ReadAPI',
    prefix: '/read',
    hosts: { test: 'api.read.jft.test.nhn.no', prod: 'api.read.jft.nhn.no' },
    token: JFT_TOKEN,
    gives: 'events',
    foreignPages: 'credentials',
    steps: ['type', ...CALLER, 'parameters', 'search', 'cursor', 'page', 'event', 'registered'],
  },
  pit: {
    service: 'pit',
    title: 'PIT',
    prefix: '/pit',
    hosts: { test: 'api.pit.test.nhn.no' },
    testOnly: true,
    token: { audience: 'nhn:pit', scheme: 'DPoP', scopes: ['nhn:pit/api.read', 'nhn:pit/api.write'] },
    takes: 'patients',
    gives: 'patients',
    foreignPages: 'credentials',
    steps: [
      ...([...CALLER, 'content-type', 'body', 'fhir-r4', 'resource-type', 'identifiers', 'store'] as const),
      ...(['parameters', 'search', 'cursor', 'page'] as const),
    ],
  },
  vkp: {
    service: 'vkp',
    title: 'VKP',
    prefix: '/vkp',
    hosts: { test: 'api.test.vkpnorge.no' },
    token: { audience: 'nhn:vkp', scheme: 'Bearer', scopes: [] },
    takes: 'events',
    foreignPages: 'refused',
    steps: [
      ...(['type', 'token', 'scope', 'claims', 'register', 'body', 'lenient-r4', 'resource-type'] as const),
      ...(['delivery', 'corrections', 'token-exchange', 'jft', 'service-codes', 'parameters', 'ehr'] as const),
    ],
  },
  ehr: {
    service: 'ehr',
    title: 'EHR',
    prefix: '/ehr',
    hosts: {},
    foreignPages: 'refused',
    steps: [
      ...(['organization', 'type', 'service-codes', 'parameters', 'service', 'search'] as const),
      ...(['body', 'resource', 'note'] as const),
    ],
  },
  control: {
    service: 'simulator',
    title: 'Control API',
    prefix: '/_sim',
    hosts: {},
    foreignPages: 'refused',
    steps: ['verdicts', 'replay'],
  },
} as const satisfies Readonly<Record<string, SurfaceFacts>>

export type SurfaceName = keyof typeof SURFACES

/** All surfaces. */
export const SURFACE_NAMES = Object.keys(SURFACES) as [SurfaceName, ...SurfaceName[]]

/** The surfaces whose exchanges are journaled, and that can be told to misbehave: all but the control API. */
export type PlayedSurface = Exclude<SurfaceName, 'control'>

const isPlayed = (name: SurfaceName): name is PlayedSurface => name !== 'control'
export const PLAYED_SURFACES = SURFACE_NAMES.filter(isPlayed) as [PlayedSurface, ...PlayedSurface[]]

/** A table with an entry for every surface that can be told to misbehave. */
export function forEachPlayed<T>(entry: (surface: PlayedSurface) => T): Record<PlayedSurface, T> {
  return Object.fromEntries(PLAYED_SURFACES.map((surface) => [surface, entry(surface)])) as Record<PlayedSurface, T>
}

/** Whether the surface exists in an environment. */
export function isPlayedIn(surface: SurfaceName, environment: 'test' | 'prod'): boolean {
  const { testOnly }: SurfaceFacts = SURFACES[surface]
  return environment === 'test' || testOnly !== true
}

/** The step on the way out, after the handler is done. */
export const ANSWER = 'answer'

/** A named step of a handler, or the one on the way out. */
export type StepName = (typeof SURFACES)[SurfaceName]['steps'][number] | typeof ANSWER

type Having<Facts> = { [S in SurfaceName]: (typeof SURFACES)[S] extends Facts ? S : never }[SurfaceName]

/** A surface that a vendor's client is configured with. */
export type ClientSurface = Having<{ token: TokenFacts } | { withoutToken: true }>

/** A surface that clients send an access token to. */
export type TokenSurface = Having<{ token: TokenFacts }>

/** The surfaces that a vendor's client is configured with. */
export const CLIENT_SURFACES = SURFACE_NAMES.filter(
  (name): name is ClientSurface => 'token' in SURFACES[name] || 'withoutToken' in SURFACES[name],
)

/** The access tokens that a surface takes of clients, where it takes any. */
export function tokenOf(surface: string): TokenFacts | undefined {
  return factsOf(surface)?.token
}

/** The surface whose tokens a URL takes, at a real host or below a prefix; JFT's where nothing says so. */
export function tokenSurfaceAt({ hostname, pathname }: Pick<URL, 'hostname' | 'pathname'>): TokenSurface {
  const isAt = (name: SurfaceName) => {
    const { hosts, prefix }: SurfaceFacts = SURFACES[name]
    return (
      Object.values(hosts).includes(hostname) || ['v1', 'epj'].some((base) => pathname.includes(`${prefix}/${base}/`))
    )
  }
  return SURFACE_NAMES.filter((name): name is TokenSurface => 'token' in SURFACES[name]).find(isAt) ?? 'jft-write'
}

/** The scope that a request needs: that of its direction, or the only one. */
export function scopeOf(surface: Exclude<TokenSurface, 'vkp'>, access: 'read' | 'write'): string {
  const { scopes } = SURFACES[surface].token
  return scopes.find((scope) => scope.endsWith(`.${access}`)) ?? scopes[0]
}

/** The scope of VKP for a resource type. */
export function vkpScope(type: string, access: string): string {
  return `nhn:vkp/api/user/${type.toLowerCase()}.${access}`
}

/** What is submitted to a surface; `undefined`: nothing. */
export function takenBy(surface: string): Kept | undefined {
  return factsOf(surface)?.takes
}

/** A surface that something is submitted to. */
export type SubmissionSurface = Having<{ takes: Kept }>

/** The surfaces that something is submitted to. */
export const SUBMISSION_SURFACES = SURFACE_NAMES.filter(
  (name): name is SubmissionSurface => takenBy(name) !== undefined,
) as [SubmissionSurface, ...SubmissionSurface[]]

/** What a surface is searched for; `undefined`: nothing that JFT or PIT keeps. */
export function givenBy(surface: string): Kept | undefined {
  return factsOf(surface)?.gives
}

/** Whether a request submits an event or a patient: no operation, and no search by POST. */
export function isSubmission(surface: string, method: string, pathname: string): boolean {
  return method === 'POST' && takenBy(surface) !== undefined && !/\$|%24|_search$/.test(pathname)
}

/** Whether a request searches for events or patients. What is submitted at the same place is no search. */
export function isSearch(surface: string, method: string, pathname: string): boolean {
  if (givenBy(surface) === undefined || isSubmission(surface, method, pathname)) return false
  return /\/v1\/\w+(\/_search)?$/.test(pathname)
}

function factsOf(surface: string): SurfaceFacts | undefined {
  return SURFACE_NAMES.includes(surface as SurfaceName) ? SURFACES[surface as SurfaceName] : undefined
}

/** The service of a surface; the simulator itself for what is none, such as a host that nobody plays. */
export function serviceOf(surface: string): Service {
  return factsOf(surface)?.service ?? 'simulator'
}
