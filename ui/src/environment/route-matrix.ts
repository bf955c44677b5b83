import { scopeOf } from '../../../simulator/ground/surfaces.ts'
import type { ClientEntry, RegisterEntry, VkpRoute } from '../data/api.ts'

/** Every one that has no row of its own. */
export const ANY = '*'

/**
 * The rows and columns of the matrix: municipalities and vendors that a route or the register names or that clients call
 * JFT for, and all others.
 */
export function axesOf(
  routes: readonly VkpRoute[],
  register: readonly RegisterEntry[],
  clients: readonly ClientEntry[],
) {
  const pairs = [...routes, ...register]
  const distinct = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== ANY).sort()
  const direct = clients.filter(callsJft).flatMap(municipalitiesOf)
  return {
    municipalities: [...distinct([...pairs.map(({ orgnr }) => orgnr), ...direct]), ANY],
    vendors: [...distinct(pairs.map(({ vkpId }) => vkpId)), ANY],
  }
}

/** The mode of one cell, and whether it has a row of its own. A municipality counts for more than a vendor; classic without any. */
export function modeOf(
  routes: readonly VkpRoute[],
  orgnr: string,
  vkpId: string,
): { mode: VkpRoute['mode']; own: boolean } {
  const rowOf = (org: string, vendor: string) => routes.find((route) => route.orgnr === org && route.vkpId === vendor)
  const own = rowOf(orgnr, vkpId)
  const best = own ?? rowOf(orgnr, ANY) ?? rowOf(ANY, vkpId) ?? rowOf(ANY, ANY)
  return { mode: best?.mode ?? 'classic', own: own !== undefined }
}

/** The routes with another mode in one cell; `undefined` takes its row away. */
export function withMode(
  routes: readonly VkpRoute[],
  orgnr: string,
  vkpId: string,
  mode: VkpRoute['mode'] | undefined,
): readonly VkpRoute[] {
  const isCell = (route: VkpRoute) => route.orgnr === orgnr && route.vkpId === vkpId
  const old = routes.find(isCell)
  const others = routes.filter((route) => !isCell(route))
  return mode === undefined ? others : [...others, { ...old, orgnr, vkpId, mode }]
}

/** The clients that call JFT themselves for a municipality, past VKP and its routes. */
export function directOf(clients: readonly ClientEntry[], orgnr: string): readonly ClientEntry[] {
  return clients.filter((client) => callsJft(client) && municipalitiesOf(client).includes(orgnr))
}

/** VKP has the scope of JFT too; it is the one that exchanges tokens (RFC 8693). */
function callsJft({ scopes, grantTypes }: ClientEntry): boolean {
  return scopes.includes(scopeOf('jft-write', 'write')) && grantTypes.every((grant) => grant === 'client_credentials')
}

function municipalitiesOf({ tenancy, organization, delegations }: ClientEntry): readonly string[] {
  return tenancy === 'single-tenant' ? [organization] : delegations
}
