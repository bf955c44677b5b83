import { isPlayedIn, SURFACE_NAMES, SURFACES, type SurfaceName } from './surfaces.ts'

/** Test or production: which identity numbers and host names are right. */
export type Environment = 'test' | 'prod'

/** One set of base URLs, without a trailing slash. Every absolute URL in an answer comes from such a set. */
export type Origins = Readonly<Record<SurfaceName, string>>

type TestOnly = {
  [Name in SurfaceName]: (typeof SURFACES)[Name] extends { readonly testOnly: true } ? Name : never
}[SurfaceName]

/** The base URLs of the surfaces that an environment has. */
export type PlayedOrigins = Omit<Origins, TestOnly> & Partial<Pick<Origins, TestOnly>>

/** Where a request goes: the surface, the path below its base URL, and the origins to answer with. */
export interface Destination {
  readonly surface: SurfaceName
  /** The URL of the request. */
  readonly url: URL
  /** Path below the surface's base URL, as sent (still percent-encoded), starting with `/`. */
  readonly path: string
  readonly origins: Origins
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an address that a server binds to can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

/** The origin tables of one sandbox. */
export interface OriginTable {
  /** The URL that a browser opens, without a path. */
  readonly home: string
  /** The URLs to print and to configure. */
  readonly local: Origins
  /** Those of them that the environment has. */
  readonly played: PlayedOrigins
  /** All issuers that this sandbox signs as. */
  readonly issuers: readonly string[]
  /** Finds the surface of a URL. `undefined`: the host is not one of ours. A path without a surface has no `surface`. */
  route(url: URL): Destination | { readonly surface?: undefined; readonly origins: Origins } | undefined
}

/** The sandbox that always exists: reached without a prefix, and by the real host names. */
export const DEFAULT_SANDBOX = 'default'

const SANDBOX_PATH = /^\/s\/([^/]*)/

/** The sandbox that a URL names: by the path prefix `/s/{name}`, by the host `{name}.localhost`, or by neither. */
export function sandboxOf(url: URL): string {
  const byHost = /^([^.]+)\.localhost$/.exec(url.hostname)?.[1]
  return SANDBOX_PATH.exec(url.pathname)?.[1] ?? byHost ?? DEFAULT_SANDBOX
}

/**
 * Builds the origin tables: local base URLs below `publicUrl`, the same below each loopback name, and for the default
 * sandbox the real host names of the environment. Other sandboxes stay below `/s/{name}` or `{name}.localhost`. `port`: where
 * the simulator listens, which is another than that of the public URL behind a proxy.
 */
export function createOrigins(
  publicUrl: string,
  environment: Environment,
  sandbox = DEFAULT_SANDBOX,
  port?: number,
): OriginTable {
  const home = new URL(publicUrl)
  const ports = [home.port, ...(port === undefined ? [] : [String(port)])]
  const prefix = sandbox === DEFAULT_SANDBOX ? '' : `/s/${sandbox}`
  const local = localOrigins(home.origin + prefix)
  const real = realOrigins(environment, local)
  const tables = new Map<string, Origins>([[home.origin + prefix, local]])
  const tableOf = (base: string) => {
    const origins = tables.get(base) ?? localOrigins(base)
    tables.set(base, origins)
    return origins
  }
  return {
    home: home.origin,
    local,
    played: playedOrigins(environment, local),
    get issuers() {
      return [...tables.values(), ...(sandbox === DEFAULT_SANDBOX ? [real] : [])].map((origins) => origins.helseid)
    },
    route(url) {
      const surface = SURFACE_NAMES.find((name) => hostOf(name, environment) === url.hostname)
      if (surface) return { surface, url, path: url.pathname, origins: real }
      if (!isOurs(url, home, ports, sandbox)) return undefined
      const inPath = SANDBOX_PATH.exec(url.pathname)?.[0] ?? ''
      // A proxy that ends TLS calls by http what clients call by https.
      const origins = tableOf((url.host === home.host ? home.origin : url.origin) + inPath)
      const rest = url.pathname.slice(inPath.length)
      const name = SURFACE_NAMES.find((one) => below(SURFACES[one].prefix, rest))
      if (!name) return { origins }
      return { surface: name, url, path: rest.slice(SURFACES[name].prefix.length) || '/', origins }
    },
  }
}

/**
 * The host that was configured, a loopback name with its port, or the sandbox's own name below `localhost`: a few names,
 * whatever callers make up.
 */
function isOurs(url: URL, home: URL, ports: readonly string[], sandbox: string): boolean {
  if (url.host === home.host) return true
  return ports.includes(url.port) && (LOOPBACK.has(url.hostname) || url.hostname === `${sandbox}.localhost`)
}

/**
 * Where a URL leads inside a simulator at `publicUrl`, in whichever sandbox: to a surface, or `nowhere` where none has the
 * path. `undefined`: it leads to somebody else.
 */
export function surfaceBehind(url: URL, publicUrl: string): SurfaceName | 'nowhere' | undefined {
  const home = new URL(publicUrl)
  const sandbox = sandboxOf(url)
  const played = (environment: Environment) => SURFACE_NAMES.find((name) => hostOf(name, environment) === url.hostname)
  const real = played('test') ?? played('prod')
  if (real !== undefined) return real
  return isOurs(url, home, [home.port], sandbox)
    ? (createOrigins(publicUrl, 'test', sandbox).route(url)?.surface ?? 'nowhere')
    : undefined
}

/** The surface whose base path a path is below, in whichever sandbox. */
export function surfaceOfPath(pathname: string): SurfaceName | undefined {
  const rest = pathname.replace(SANDBOX_PATH, '')
  return SURFACE_NAMES.find((name) => below(SURFACES[name].prefix, rest))
}

function localOrigins(base: string): Origins {
  return Object.fromEntries(SURFACE_NAMES.map((name) => [name, base + SURFACES[name].prefix])) as Record<
    SurfaceName,
    string
  >
}

function playedOrigins(environment: Environment, local: Origins): PlayedOrigins {
  const names = SURFACE_NAMES.filter((name) => isPlayedIn(name, environment))
  return Object.fromEntries(names.map((name) => [name, local[name]])) as PlayedOrigins & Origins
}

/** What has no real host, such as the control API, stays where the simulator listens. */
function realOrigins(environment: Environment, local: Origins): Origins {
  const url = (name: SurfaceName) => {
    const host = hostOf(name, environment)
    return host === undefined ? local[name] : `https://${host}`
  }
  return Object.fromEntries(SURFACE_NAMES.map((name) => [name, url(name)])) as Record<SurfaceName, string>
}

function hostOf(name: SurfaceName, environment: Environment): string | undefined {
  const hosts: Readonly<Partial<Record<Environment, string>>> = SURFACES[name].hosts
  return hosts[environment]
}

function below(prefix: string, path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
