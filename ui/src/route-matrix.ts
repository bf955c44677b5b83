import type { RegisterEntry, Route } from './api.ts'

/** Every one that has no row of its own. */
export const ANY = '*'

/** The rows and columns of the matrix: municipalities and vendors that a route or the register names, and all others. */
export function axesOf(routes: readonly Route[], register: readonly RegisterEntry[]) {
  const pairs = [...routes, ...register]
  const distinct = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== ANY).sort()
  return {
    municipalities: [...distinct(pairs.map(({ orgnr }) => orgnr)), ANY],
    vendors: [...distinct(pairs.map(({ vkpId }) => vkpId)), ANY],
  }
}

/** The mode of one cell, and whether it has a row of its own. A municipality counts for more than a vendor; classic without any. */
export function modeOf(routes: readonly Route[], orgnr: string, vkpId: string): { mode: Route['mode']; own: boolean } {
  const rowOf = (org: string, vendor: string) => routes.find((route) => route.orgnr === org && route.vkpId === vendor)
  const own = rowOf(orgnr, vkpId)
  const best = own ?? rowOf(orgnr, ANY) ?? rowOf(ANY, vkpId) ?? rowOf(ANY, ANY)
  return { mode: best?.mode ?? 'classic', own: own !== undefined }
}

/** The routes with another mode in one cell; `undefined` takes its row away. */
export function withMode(
  routes: readonly Route[],
  orgnr: string,
  vkpId: string,
  mode: Route['mode'] | undefined,
): readonly Route[] {
  const isCell = (route: Route) => route.orgnr === orgnr && route.vkpId === vkpId
  const old = routes.find(isCell)
  const others = routes.filter((route) => !isCell(route))
  return mode === undefined ? others : [...others, { ...old, orgnr, vkpId, mode }]
}
