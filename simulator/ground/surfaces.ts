import type { Service } from './services.ts'

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
  /** Whether a client is configured with its base URL; `token`: and sends an access token to it. */
  readonly client: 'token' | 'no-token' | 'none'
  /**
   * Whether a web page of another origin may call it. `credentials`: what a caller has to show, no page can; but not where
   * nothing need be shown.
   */
  readonly foreignPages: 'refused' | 'credentials'
  /** Every step of its handlers, in the order in which they run. */
  readonly steps: readonly string[]
}

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
    client: 'no-token',
    foreignPages: 'credentials',
    steps: ['form', 'client', 'dpop', 'grant', 'organization', 'token'],
  },
  ttt: {
    service: 'helseid',
    title: 'Test Token Service',
    prefix: '/ttt',
    hosts: { test: 'helseid-ttt.test.nhn.no' },
    client: 'none',
    foreignPages: 'refused',
    steps: ['request', 'key', 'token', 'proof'],
  },
  selvbetjening: {
    service: 'helseid',
    title: 'Selvbetjening',
    prefix: '/selvbetjening',
    hosts: { test: 'api.selvbetjening.test.nhn.no', prod: 'api.selvbetjening.nhn.no' },
    client: 'none',
    foreignPages: 'credentials',
    steps: ['token', 'scope', 'body', 'key'],
  },
  'jft-write': {
    service: 'jft',
    title: 'JFT WriteAPI',
    prefix: '/write',
    hosts: { test: 'api.write.jft.test.nhn.no', prod: 'api.write.jft.nhn.no' },
    client: 'token',
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
    client: 'token',
    foreignPages: 'credentials',
    steps: ['type', ...CALLER, 'parameters', 'search', 'cursor', 'page', 'event', 'registered'],
  },
  pit: {
    service: 'pit',
    title: 'PIT',
    prefix: '/pit',
    hosts: { test: 'api.pit.test.nhn.no' },
    testOnly: true,
    client: 'token',
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
    client: 'token',
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
    client: 'none',
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
    client: 'none',
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

/** The surfaces that a vendor's client is configured with. */
export const CLIENT_SURFACES: readonly SurfaceName[] = SURFACE_NAMES.filter((name) => SURFACES[name].client !== 'none')

/** Whether clients send an access token to the surface. */
export function takesToken(surface: string): boolean {
  return SURFACE_NAMES.some((name) => name === surface && SURFACES[name].client === 'token')
}

/** The service of a surface; the simulator itself for what is none, such as a host that nobody plays. */
export function serviceOf(surface: string): Service {
  const name = SURFACE_NAMES.find((one) => one === surface)
  return name === undefined ? 'simulator' : SURFACES[name].service
}
