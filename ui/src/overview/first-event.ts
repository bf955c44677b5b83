const QUERY = 'method=POST&path=/write/v1/Composition'

/**
 * Shell commands that submit a first event. The control API gives the request, with a real token and a fresh DPoP proof,
 * as a config that curl reads. `control`: base URL of the control API.
 */
export function firstEvent(control: string): string {
  return `curl -s '${control}/curl?${QUERY}' | curl -i -K -`
}

/** The same with a fault: the author as an object, where FHIR R4 has a list. */
export function firstRefusal(control: string): string {
  const unwrapAuthor = String.raw`sed 's/author\\":\[\([^]]*\)\]/author\\":\1/'`
  return `curl -s '${control}/curl?${QUERY}' |\n  ${unwrapAuthor} |\n  curl -i -K -`
}
