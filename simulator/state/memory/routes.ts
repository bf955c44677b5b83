/** How VKP delivers events: into the EHR by itself, or through JFT, as a reverse proxy. */
export type DeliveryMode = 'classic' | 'proxy'

/** What one combination of municipality and vendor has at VKP (VKP as reverse proxy). */
export interface VkpRoute {
  /** Organisation number of the municipality, or `*` for every one that has no row of its own. */
  readonly orgnr: string
  /** The vendor's system as its token names it, or `*`. */
  readonly vkpId: string
  readonly mode: DeliveryMode
  /** Where searches go instead of the EHR stand-in: the URL to which `/patient/_search` is added. */
  readonly ehrUrl?: string
}

/** The routes of one sandbox. */
export interface RouteTable {
  /** The row that fits best: a municipality counts for more than a vendor. Without any row: classic. */
  find(orgnr: string, vkpId: string): VkpRoute
  list(): readonly VkpRoute[]
  /** Puts other rows in place of all. */
  replace(routes: readonly VkpRoute[]): void
}

/** One pair of VKP's register: whose system may call for which municipality. */
export interface RegisterEntry {
  readonly orgnr: string
  readonly vkpId: string
  /** A connection that is switched off is refused with 1.1. */
  readonly active: boolean
  /** Codes of the services that the municipality has approved the vendor for, in lower case. */
  readonly serviceCodes: readonly string[]
}

/** VKP's own register of one sandbox. */
export interface VkpRegister {
  find(orgnr: string, vkpId: string): RegisterEntry | undefined
  /** Whether any system may call for the municipality. */
  knows(orgnr: string): boolean
  list(): readonly RegisterEntry[]
  /** Puts other entries in place of all. */
  replace(entries: readonly RegisterEntry[]): void
}

/** Creates a table with those rows. */
export function createRouteTable(initial: readonly VkpRoute[]): RouteTable {
  let routes = initial
  return {
    find(orgnr, vkpId) {
      const fits = ([org, vendor]: readonly [string, string]) =>
        routes.find((route) => route.orgnr === org && route.vkpId === vendor)
      const wildcards = [[orgnr, vkpId] as const, [orgnr, '*'] as const, ['*', vkpId] as const, ['*', '*'] as const]
      const [best] = wildcards.flatMap((pair) => fits(pair) ?? [])
      return best ?? { orgnr, vkpId, mode: 'classic' }
    },
    list: () => routes,
    replace(others) {
      routes = others
    },
  }
}

/** Creates a register with those entries. */
export function createVkpRegister(initial: readonly RegisterEntry[]): VkpRegister {
  let entries = initial
  return {
    find: (orgnr, vkpId) => entries.find((entry) => entry.orgnr === orgnr && entry.vkpId === vkpId),
    knows: (orgnr) => entries.some((entry) => entry.orgnr === orgnr),
    list: () => entries,
    replace(others) {
      entries = others
    },
  }
}
