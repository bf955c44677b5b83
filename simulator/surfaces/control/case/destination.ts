import { createOrigins, type Destination, type Environment } from '../../../ground/origins.ts'

/**
 * Which surface a URL of another simulator led to, whatever host and port that one listened on. `undefined`: none, or no URL
 * of HTTP.
 */
export function destinationOf(url: string, environment: Environment): Destination | undefined {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return undefined
  const to = createOrigins(new URL(url).origin, environment).route(new URL(url))
  return to?.surface === undefined ? undefined : to
}
