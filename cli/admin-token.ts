import { InvalidArgumentError, Option } from 'commander'

/** The option of a command that calls a simulator which runs already. */
export function adminTokenOption(): Option {
  return new Option('--admin-token <token>', 'that of the simulator, where it was started with one')
    .argParser(readToken)
    .env('JFTSIM_ADMIN_TOKEN')
}

/** What can stand in a header as it is (RFC 6750, section 2.1), or as a password. */
export function readToken(value: string): string {
  if (/^[\x21-\x7e]{8,}$/.test(value)) return value
  throw new InvalidArgumentError('It must have 8 or more visible ASCII characters, without spaces.')
}

type Send = (request: Request) => Promise<Response>

/** The control API of a sandbox. */
const CONTROL = /^(?:\/s\/[^/]+)?\/_sim(?:\/|$)/

/** Sends the admin token along, to the control API at these URLs and to nothing else. */
export function withAdminToken(send: Send, token: string | undefined, urls: readonly string[]): Send {
  if (token === undefined) return send
  const origins = new Set(urls.map((url) => new URL(url).origin))
  return (request) => {
    const { origin, pathname } = new URL(request.url)
    if (!origins.has(origin) || !CONTROL.test(pathname) || request.headers.has('authorization')) return send(request)
    const authorized = new Request(request)
    authorized.headers.set('authorization', `Bearer ${token}`)
    return send(authorized)
  }
}

/** What is said of a simulator that asks for its admin token; `undefined`: the answer is another. */
export function adminRefusal(answer: Response, url: string): string | undefined {
  if (answer.status !== 401 || !isOfSimulator(answer)) return undefined
  return `The simulator at ${url} was started with an admin token, which this is not called with: give it by --admin-token or JFTSIM_ADMIN_TOKEN.`
}

/** Whether the realm that asks for the token is the simulator's (RFC 9110, section 11.5). */
export function isOfSimulator({ headers }: Response): boolean {
  return headers.get('www-authenticate')?.includes('realm="jftsim"') ?? false
}

/** The environment for a program that is not to know the admin token. */
export function withoutAdminToken({ JFTSIM_ADMIN_TOKEN: _token, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return rest
}
