/** A search of a type by POST, below `/v1`: VKP's searches are elsewhere, and have no other road. */
const BY_POST = /(\/v1\/[^/]+)\/_search$/

/**
 * The paths under which a request is found. FHIR has one search with two roads, `GET [type]` and `POST [type]/_search` (R4,
 * 3.1.0.8): what is said of the one is said of the other, so a search by POST is found under the path of the type too.
 */
export function pathsOf(path: string): readonly string[] {
  const byGet = path.replace(BY_POST, '$1')
  return byGet === path ? [path] : [path, byGet]
}
