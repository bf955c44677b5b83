import type { JournalIssue } from '../runner/result.ts'
import type { Call, Evidence } from './evidence.ts'
import { each, type Judge } from './judgment.ts'
import { isResentByLibrary } from './requests.ts'

/** A refusal that no program can foresee: a demand for a nonce, a token that has become too old, a service that is down. */
const UNFORESEEN = [
  'dpop-nonce',
  'injected-nonce',
  'token-expired',
  'vkp-ehr-failed',
  'vkp-timed-out',
  'vkp-jft-failed',
]

/** What a program was refused for by its own doing, and by which rules. */
export function ownRefusal(call: Call, evidence: Evidence): readonly JournalIssue[] {
  const { events, provoked } = evidence
  const { status, injected, url, recorded } = call
  if (status < 400 || status >= 500 || injected.some((effect) => effect.startsWith('status'))) return []
  if (isResentByLibrary(evidence, call)) return []
  // The status of an event may be there a little later than the event.
  if (status === 404 && events.some(({ type, id }) => url.pathname.includes(`/${type}/${id}/`))) return []
  const issues = recorded.journal?.issues ?? []
  return issues.filter(({ rule }) => !UNFORESEEN.includes(rule) && !provoked.includes(rule))
}

const refusedNothing: Judge = (evidence) => {
  const { findings, exercised } = each(evidence.calls.filter(isJudged), (call) => {
    const issues = ownRefusal(call, evidence)
    if (issues.length === 0) return undefined
    const reasons = issues.map(({ rule, certainty, message }) => `${rule} (${certainty}): ${message}`)
    return { message: `${call.status}, ${reasons.join('; ')}`, calls: [call] }
  })
  // One of each kind says what the others say.
  const kinds = new Map(findings.map((finding) => [finding.message.replace(/\d+/g, '#'), finding] as const).reverse())
  return { exercised, findings: findings.filter((one) => [...kinds.values()].includes(one)) }
}

/** What anybody may read is refused to nobody: HelseID's metadata and keys. */
function isJudged({ surface, method }: Call): boolean {
  return surface !== 'helseid' || method !== 'GET'
}

/** The requirement that lists every refusal. */
export const REFUSALS = { 'refused-nothing': refusedNothing } as const satisfies Record<string, Judge>
