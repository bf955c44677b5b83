import type { RouteTable, VkpRegister } from '../ports.ts'
import type { RegisterEntry, VkpRoute } from '../records.ts'

/** Creates a table with those rows. */
export function createRouteTable(initial: readonly VkpRoute[]): RouteTable {
  let routes = initial
  return {
    async find(orgnr, vkpId) {
      const fits = ([org, vendor]: readonly [string, string]) =>
        routes.find((route) => route.orgnr === org && route.vkpId === vendor)
      const wildcards = [[orgnr, vkpId] as const, [orgnr, '*'] as const, ['*', vkpId] as const, ['*', '*'] as const]
      const [best] = wildcards.flatMap((pair) => fits(pair) ?? [])
      return best ?? { orgnr, vkpId, mode: 'classic' }
    },
    list: async () => routes,
    async replace(others) {
      routes = others
    },
  }
}

/** Creates a register with those entries. */
export function createVkpRegister(initial: readonly RegisterEntry[]): VkpRegister {
  let entries = initial
  return {
    find: async (orgnr, vkpId) => entries.find((entry) => entry.orgnr === orgnr && entry.vkpId === vkpId),
    knows: async (orgnr) => entries.some((entry) => entry.orgnr === orgnr),
    list: async () => entries,
    async replace(others) {
      entries = others
    },
  }
}
