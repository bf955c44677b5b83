import { CATALOGUE, issueOf, type RuleId } from '../catalogue.ts'
import { isMembers, type Members } from '../finding.ts'
import type { Issue } from '../issue.ts'
import type { Verdicts } from '../verdicts.ts'

/**
 * What a body of JFT's says, as issues of VKP's answer: one for each that JFT has, in JFT's words, under JFT's own rule
 * where it is named. Takes an OperationOutcome, problem+json, and any other text.
 */
export function issuesOfJft(status: number, text: string): Issue[] {
  const body = parse(text)
  const outcome = isMembers(body) ? listOf(body.issue).map(issueOfOutcome) : []
  if (outcome.length > 0) return outcome
  const problems = isMembers(body) ? problemsOf(body) : []
  if (problems.length > 0) return problems
  return [refused(`JFT: ${status} ${text.slice(0, 500)}`.trim())]
}

/** What an answer of the EHR says that VKP passes on: the issues that name their rule, otherwise that it is none of success. */
export function issuesOfEhr(status: number, text: string): Issue[] {
  const body = parse(text)
  const named = (isMembers(body) ? listOf(body.issue) : []).flatMap((issue) => {
    const rule = ruleIn(issue)
    const { text: message = issue.diagnostics } = isMembers(issue.details) ? issue.details : {}
    return rule === undefined ? [] : [issueOf(rule, String(message))]
  })
  return named.length > 0 ? named : [issueOf('vkp-ehr-failed', `The EHR answered ${status}, which VKP passes on.`)]
}

/**
 * JFT's issues as VKP words them, with what is known of the same errors in what was sent to VKP: the place in it, and what to
 * do about it.
 */
export function knownIn({ jft, fixes }: Verdicts, ofJft: readonly Issue[]): Issue[] {
  // What others hid shows in the text with fixes in it, whose lines are others.
  const hidden = fixes.rest.map(({ patch: _, line: __, column: ___, ...issue }) => issue)
  const sent: readonly Issue[] = [...jft.issues, ...hidden]
  return ofJft.map((issue) => {
    const same = sent.find(({ rule, expression }) => rule === issue.rule && expression === issue.expression)
    if (same === undefined) return issue
    const { firely: _, ...known } = { ...same, ...issue }
    return known
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function issueOfOutcome(issue: Members): Issue {
  const details = isMembers(issue.details) ? issue.details : {}
  const [expression] = Array.isArray(issue.expression) ? issue.expression : []
  const place = typeof expression === 'string' ? { expression } : {}
  const message = `JFT: ${String(details.text ?? issue.diagnostics ?? 'no reason')}`
  const rule = ruleIn(issue)
  if (rule === undefined) return { ...refused(message), ...place }
  const coding = listOf(details.coding).find(({ system }) => String(system).includes('firely'))
  const code = typeof coding?.code === 'string' ? { code: coding.code } : {}
  return { ...issueOf(rule, message, place), ...code }
}

/** The simulator's own extension on each issue names the rule. */
function ruleIn(issue: Members): RuleId | undefined {
  const parts = listOf(issue.extension).flatMap(({ extension }) => listOf(extension))
  const name = parts.find(({ url }) => url === 'rule')?.valueString
  return typeof name === 'string' && name in CATALOGUE ? (name as RuleId) : undefined
}

/** RFC 9457 with the `errors` of ASP.NET: messages by the place that they are about. */
function problemsOf({ errors, detail, title }: Members): Issue[] {
  const entries = Object.entries(isMembers(errors) ? errors : {})
  if (entries.length === 0)
    return [detail ?? title].flatMap((text) => (text === undefined ? [] : refused(`JFT: ${text}`)))
  return entries.flatMap(([place, messages]) =>
    [messages].flat().map((message) => ({
      ...refused(`JFT: ${String(message)}`),
      ...(place === '' ? {} : { expression: place }),
    })),
  )
}

function refused(message: string): Issue {
  return issueOf('vkp-jft-refused', message)
}

function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : []
}
