import type { z } from 'zod'
import type { StepName } from '../ground/surfaces.ts'
import type { Answer } from './answer.ts'
import type { Context } from './context.ts'

/** One endpoint of a surface. The handler, the router and the OpenAPI description all come from this definition. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Segments that begin with `:` are parameters: `/v1/:type/:id/$status`. */
  readonly path: string
  readonly summary: string
  /** The steps in their order, so that an exchange can show those that were not reached. */
  readonly steps: readonly StepName[]
  readonly handler: (ctx: Context) => Promise<Answer>
  /** Keeps its exchanges out of the journal: pages for people, which say nothing about a client. */
  readonly quiet?: boolean
  /** What OpenAPI says beyond path, summary and parameters of the path. */
  readonly operation?: Operation
}

/** The parts of an OpenAPI 3.1 operation that routes describe. */
export interface Operation {
  readonly description?: string
  readonly query?: readonly Parameter[]
  readonly headers?: readonly Parameter[]
  /** Values that a parameter of the path can take, by its name. */
  readonly pathValues?: Readonly<Record<string, readonly string[]>>
  /** Example bodies of the request, by content type. */
  readonly body?: Readonly<Record<string, unknown>>
  /** What reads the JSON body of the request, and so says what it can be. */
  readonly schema?: z.ZodType
  readonly responses: Readonly<Record<string, string>>
}

/** A query parameter or header of an operation. */
export interface Parameter {
  readonly name: string
  readonly description: string
  readonly example?: string
}

/** The route of a request with the values of its path parameters, or what was wrong. */
export type RouteMatch =
  | {
      readonly route: Route
      readonly params: Readonly<Record<string, string>>
      /** The path as the documents write it, where it was sent in another form. */
      readonly written?: string
    }
  | { readonly route?: undefined; readonly allow: readonly string[] }

/**
 * Finds the route of a path below a surface's base URL: HEAD where there is GET (RFC 9110, section 9.1). `allow` lists the
 * methods that the path has, none: no such path. `anyForm`: names in a path may be in any letter case, and a slash may end it.
 */
export type FindRoute = (method: string, path: string, anyForm?: boolean) => RouteMatch

/** Makes the search among routes; their paths are taken apart once. `anyCase`: names in a path may be in any letter case. */
export function createFindRoute(routes: readonly Route[], anyCase: boolean): FindRoute {
  const patterns = routes.map((route) => ({ route, parts: route.path.split('/') }))
  const documented = documentedValues(routes)
  /** `/v1/metadata` is no path of `/v1/:type`. */
  const areKnown = (params: Values, caseless: boolean) =>
    Object.entries(params).every(([name, sent]) => {
      const values = documented.get(name)
      return values === undefined || values.some((value) => isSame(value, sent, caseless))
    })
  const find = (method: string, segments: readonly string[], caseless: boolean): RouteMatch => {
    const here = patterns.flatMap(({ route, parts }) => {
      const params = matchPath(parts, segments, caseless)
      return params ? [{ route, params }] : []
    })
    const wanted = method === 'HEAD' ? 'GET' : method
    const known = here.filter(({ params }) => areKnown(params, caseless))
    const allow = known.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]))
    return here.find(({ route }) => route.method === wanted) ?? { allow }
  }
  return (method, path, anyForm = false) => {
    const segments = path.split('/').map(decode)
    const found = find(method, segments, anyCase)
    if (!anyForm || (found.route && areKnown(found.params, anyCase))) return found
    const bare = segments.at(-1) === '' ? segments.slice(0, -1) : segments
    const other = find(method, bare, true)
    if (!other.route || !areKnown(other.params, true)) return found.route ? found : other
    const params = anyCase ? other.params : inDocumentedCase(documented, other.params)
    return { route: other.route, params, written: writtenPath(other.route, params) }
  }
}

type Values = Readonly<Record<string, string>>

/** The values that the routes document for a parameter of the path, by its name; a parameter without any can be anything. */
function documentedValues(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const documented = new Map<string, string[]>()
  for (const { operation } of routes) {
    for (const [name, values] of Object.entries(operation?.pathValues ?? {})) {
      documented.set(name, [...(documented.get(name) ?? []), ...values])
    }
  }
  return documented
}

function inDocumentedCase(documented: ReadonlyMap<string, readonly string[]>, params: Values): Values {
  const spelt = (name: string, sent: string) => documented.get(name)?.find((value) => isSame(value, sent, true)) ?? sent
  return Object.fromEntries(Object.entries(params).map(([name, sent]) => [name, spelt(name, sent)]))
}

function isSame(a: string, b: string, caseless: boolean): boolean {
  return caseless ? a.toLowerCase() === b.toLowerCase() : a === b
}

function writtenPath({ path }: Route, params: Values): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
  anyCase: boolean,
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment
    else if (!isSame(part, segment, anyCase)) return undefined
  }
  return params
}

/** A segment that is not a valid percent-encoding matches no route as it stands. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
