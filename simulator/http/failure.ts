import { redact } from '../ground/text/mask/redact.ts'
import { issueOf } from '../rules/catalogue.ts'
import { explain } from '../rules/operation-outcome.ts'
import { redactIssue } from '../rules/redact.ts'
import type { Step } from '../state/exchange.ts'
import { StoreLost } from '../state/store-lost.ts'
import type { World } from '../state/world.ts'
import { API_ANSWER } from './guard.ts'
import { Rejection } from './rejection.ts'

/** Seconds after which a store that was lost may be back. */
const RETRY_AFTER = '2'

/** Anything that is thrown and is not a rejection is our own bug, but for a store that does not answer. */
export function failureOf(thrown: unknown): Rejection {
  if (thrown instanceof StoreLost) {
    return new Rejection(503, [issueOf('sim-store', thrown.message)], { headers: { 'retry-after': RETRY_AFTER } })
  }
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return new Rejection(500, [issueOf('sim-fault', 'The simulator failed.', { evidence: { stack } })])
}

/** Issues as they may be kept and shown; where that is what fails, without what they quote. */
export function safeIssues(issues: Rejection['issues']): Rejection['issues'] {
  try {
    return issues.map(redactIssue)
  } catch {
    return issues.map(({ evidence: _evidence, ...issue }) => issue)
  }
}

function shownUrl(url: string): string {
  try {
    return redact(url)
  } catch {
    return new URL(url).origin
  }
}

/** As much of an exchange as is known of one that failed outside of its steps. */
export interface Failed {
  readonly id?: string
  readonly surface?: string
  readonly steps?: readonly Step[]
}

/**
 * The last resort, where the surface cannot word the failure: a plain 500 that says that it is ours, in the journal of the
 * world. Never rejects.
 */
export async function answerFailure(
  world: World,
  request: Request,
  thrown: unknown,
  failed: Failed,
): Promise<Response> {
  const { status, extra, issues: found } = failureOf(thrown)
  const issues = safeIssues(found)
  const body = JSON.stringify({ issues: issues.map((issue) => explain(issue, 'simulator')) })
  const lost = thrown instanceof StoreLost
  const id = lost ? undefined : await noteFailure(world, request, issues, failed).catch(() => undefined)
  const headers = {
    ...API_ANSWER,
    ...extra.headers,
    'content-type': 'application/json; charset=utf-8',
    ...(id === undefined ? {} : { 'jftsim-exchange': `${world.net.origins.home}/#/exchanges/${id}` }),
  }
  return new Response(body, { status, headers })
}

/** Without headers and bodies: to read them may be what failed. */
function noteFailure(
  world: World,
  { method, url }: Request,
  issues: Rejection['issues'],
  { id, surface = 'control', steps = [] }: Failed,
): Promise<string> {
  const request = { method, url: shownUrl(url) }
  return noteBare(world, { ...(id === undefined ? {} : { id }), surface, request, status: 500, steps, issues })
}

/** What is known of an exchange that has neither headers nor bodies. */
export interface BareExchange {
  /** A new one where it is absent. */
  readonly id?: string
  readonly surface: string
  /** As they may be shown. */
  readonly request: { readonly method: string; readonly url: string }
  readonly status: number
  readonly steps: readonly Step[]
  readonly issues: Rejection['issues']
}

/** Keeps an exchange of which there are no headers and bodies; gives its id. */
export async function noteBare(
  { state: { journal }, time }: World,
  { id, surface, request, status, steps, issues }: BareExchange,
): Promise<string> {
  const { id: noted } = await journal.record({
    id: id ?? (await journal.open()),
    surface,
    time: new Date(time.clock.now()).toISOString(),
    milliseconds: 0,
    request: { ...request, headers: [] },
    response: { status, headers: [] },
    steps,
    issues,
    warnings: [],
    caller: {},
  })
  return noted
}
