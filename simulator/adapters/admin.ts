import { createHash, timingSafeEqual } from 'node:crypto'
import { API_ANSWER } from '../index.ts'

/** The control API of any sandbox, but for what a load balancer asks, the pages of the dashboard, and the metrics. */
const GUARDED = /^(?:\/(?:s\/[^/]*)?\/?_sim(?!\/(?:health|ready)\/?$)(?:\/|$)|\/metrics$|\/$|\/assets\/)/

/**
 * Creates the guard of a simulator that several people share: it gives the answer to a request that wants the admin token and
 * has not got it. The token is sent as `Authorization: Bearer` (RFC 6750), or as the password that a browser asks for (RFC 7617).
 */
export function createAdminGuard(token: string): (request: Request) => Response | undefined {
  const expected = digest(token)
  return ({ url, headers }) => {
    if (!GUARDED.test(new URL(url).pathname)) return undefined
    const sent = tokenIn(headers.get('authorization') ?? '')
    if (sent !== undefined && timingSafeEqual(digest(sent), expected)) return undefined
    return unauthorized(sent !== undefined, headers.get('accept')?.includes('text/html') ?? false)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function tokenIn(header: string): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(header.trim()) ?? []
  if (/^bearer$/i.test(scheme)) return credentials
  if (!/^basic$/i.test(scheme)) return undefined
  const [, password] = /^[^:]*:([\s\S]*)$/.exec(Buffer.from(credentials, 'base64').toString()) ?? []
  return password
}

/**
 * Chromium takes several challenges in one field for one, of the first scheme, and asks nobody for a password then: a browser
 * that goes to a page is given the one that it knows.
 */
function unauthorized(isWrong: boolean, isBrowser: boolean): Response {
  const what = isWrong ? 'The admin token is not the one that' : 'This needs the admin token with which'
  const message = `${what} the simulator was started (--admin-token). Send it as "Authorization: Bearer TOKEN"; a browser asks for it as the password, with any name.`
  const headers = new Headers({ ...API_ANSWER, 'cache-control': 'no-store' })
  const error = isWrong ? ', error="invalid_token"' : ''
  if (!isBrowser) headers.append('www-authenticate', `Bearer realm="jftsim"${error}`)
  headers.append('www-authenticate', 'Basic realm="jftsim", charset="UTF-8"')
  return Response.json({ issues: [{ rule: 'sim-admin', message }] }, { status: 401, headers })
}
