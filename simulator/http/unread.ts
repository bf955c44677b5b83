import { redact } from '../ground/text/mask/redact.ts'
import { issueOf } from '../rules/catalogue.ts'
import { redactIssue } from '../rules/redact.ts'
import type { World } from '../state/world.ts'
import { noteBare } from './failure.ts'
import { API_ANSWER } from './guard.ts'
import { linkTo } from './pipeline.ts'
import { suppressedHeader } from './suppressed.ts'

/** A request that came to its server as no request of HTTP. */
export interface Unread {
  readonly status: 400 | 408 | 431
  readonly message: string
  /** What the client sent last, as far as it is there. */
  readonly received: string
}

/**
 * The answer to what could not be read as a request, which is kept in the journal of that world: the client's own library
 * often says no more than that the connection broke.
 */
export async function refuseUnread(world: World, unread: Unread): Promise<Response> {
  const { settings, net } = world
  if (settings.switchedOff.has('http-request')) {
    return new Response(null, { headers: suppressedHeader(['http-request']) })
  }
  const issue = redactIssue(issueOf('http-request', unread.message))
  const id = await noteBare(world, {
    surface: 'control',
    request: requestLine(unread.received, net.origins.home),
    status: unread.status,
    steps: [{ name: 'http', outcome: 'stopped', milliseconds: 0, rules: [issue.rule] }],
    issues: [issue],
  })
  const headers = {
    ...API_ANSWER,
    'content-type': 'text/plain; charset=utf-8',
    'jftsim-exchange': linkTo(world, id),
  }
  return new Response(`${issue.message}\n`, { status: unread.status, headers })
}

/** Method and target (RFC 9112, section 3), where what was received begins with them. */
function requestLine(received: string, home: string): { method: string; url: string } {
  const [, method, target] = /^([A-Z]{3,20}) (\/[!-~]{0,2000}) HTTP\//.exec(received) ?? []
  return { method: method ?? 'unread', url: redact(`${home}${target ?? '/'}`) }
}
