import { CATALOGUE, issueOf, type RuleId } from '../catalogue.ts'
import { isMembers, type Members } from '../finding.ts'
import type { Issue } from '../issue.ts'

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
