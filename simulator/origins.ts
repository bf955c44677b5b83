/** The HTTP APIs that the simulator plays. */
export type SurfaceName = 'helseid' | 'ttt' | 'jft-write' | 'jft-read' | 'vkp' | 'ehr' | 'control'

/** Test or production: which identity numbers and host names are right. */
export type Environment = 'test' | 'prod'

/** One set of base URLs, without a trailing slash. Every absolute URL in an answer comes from such a set. */
export type Origins = Readonly<Record<SurfaceName, string>>

/** Where a request goes: the surface, the path below its base URL, and the origins to answer with. */
export interface Destination {
  readonly surface: SurfaceName
  /** Path below the surface's base URL, as sent (still percent-encoded), starting with `/`. */
  readonly path: string
  readonly origins: Origins
}

const PREFIXES: Origins = {
  helseid: '/helseid',
  ttt: '/ttt',
  'jft-write': '/write',
  'jft-read': '/read',
  vkp: '/vkp',
  ehr: '/ehr',
  control: '/_sim',
}

const REAL_HOSTS: Readonly<Record<Environment, Readonly<Partial<Record<SurfaceName, string>>>>> = {
  test: {
    helseid: 'helseid-sts.test.nhn.no',
    ttt: 'helseid-ttt.test.nhn.no',
    'jft-write': 'api.write.jft.test.nhn.no',
    'jft-read': 'api.read.jft.test.nhn.no',
    vkp: 'api.test.vkpnorge.no',
  },
  prod: {
    helseid: 'helseid-sts.nhn.no',
    'jft-write': 'api.write.jft.nhn.no',
    'jft-read': 'api.read.jft.nhn.no',
  },
}

const SURFACES = Object.keys(PREFIXES) as SurfaceName[]
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The origin tables of one simulator. */
export interface OriginTable {
  /** The URLs to print and to configure. */
  readonly local: Origins
  /** All issuers that this simulator signs as. */
  readonly issuers: readonly string[]
  /** Finds the surface of a URL. `undefined`: the host is not one of ours. A path without a surface has no `surface`. */
  route(url: URL): Destination | { readonly surface?: undefined; readonly origins: Origins } | undefined
}

/**
 * Builds the origin tables: local base URLs below `publicUrl`, the same below each loopback name, and the real host
 * names of the environment.
 */
export function createOrigins(publicUrl: string, environment: Environment): OriginTable {
  const base = new URL(publicUrl)
  const local = localOrigins(base.origin)
  const real = realOrigins(environment, local)
  const tables = new Map<string, Origins>([[base.host, local]])
  const originsOf = (url: URL) => {
    const known = tables.get(url.host)
    if (known || !LOOPBACK.has(url.hostname) || url.port !== base.port) return known
    const origins = localOrigins(url.origin)
    tables.set(url.host, origins)
    return origins
  }
  return {
    local,
    get issuers() {
      return [...tables.values(), real].map((origins) => origins.helseid)
    },
    route(url) {
      const surface = SURFACES.find((name) => REAL_HOSTS[environment][name] === url.hostname)
      if (surface) return { surface, path: url.pathname, origins: real }
      const origins = originsOf(url)
      if (!origins) return undefined
      const name = SURFACES.find((one) => below(PREFIXES[one], url.pathname))
      if (!name) return { origins }
      return { surface: name, path: url.pathname.slice(PREFIXES[name].length) || '/', origins }
    },
  }
}

function localOrigins(base: string): Origins {
  return Object.fromEntries(SURFACES.map((name) => [name, base + PREFIXES[name]])) as Record<SurfaceName, string>
}

/** What has no real host, such as the control API, stays where the simulator listens. */
function realOrigins(environment: Environment, local: Origins): Origins {
  const url = (name: SurfaceName) => {
    const host = REAL_HOSTS[environment][name]
    return host === undefined ? local[name] : `https://${host}`
  }
  return Object.fromEntries(SURFACES.map((name) => [name, url(name)])) as Record<SurfaceName, string>
}

function below(prefix: string, path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
