import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readNumbers } from '../../http/parameters.ts'
import type { ExplainedIssue } from '../../rules/operation-outcome.ts'
import { EXCHANGE_SEARCH, isFound, readSearch, refusedExchanges } from './find.ts'
import type { CauseEntry, CauseList } from './found-types.ts'
import { causeOf, withoutIndexes } from './searchable.ts'
import { exchangeSummary } from './stream.ts'
import type { ExchangeSummary } from './types.ts'

/** How many of the newest requests of a cause are named. */
const CAUSE_MARKS = 100

/** `GET /_sim/causes`: of every refused request that is kept. With `q`, of those that it finds. */
export async function listCauses(ctx: Context): Promise<Answer> {
  readNumbers(ctx, {}, ['q'])
  const clauses = readSearch(ctx, EXCHANGE_SEARCH)
  const found: ExchangeSummary[] = []
  let refused = 0
  for await (const exchange of refusedExchanges(ctx.world.state.journal)) {
    refused += 1
    if (isFound(exchange, clauses)) found.push(exchangeSummary(exchange))
  }
  const wanted = rulesWanted(clauses)
  const causes = groupByCause(found).filter(({ rule }) => wanted === undefined || wanted(rule))
  const bare = found.filter(({ issues }) => issues.length === 0).slice(0, CAUSE_MARKS)
  return json(200, { causes, bare, matching: found.length, refused } satisfies CauseList)
}

/** A search for a rule is for its causes, and not for what else was wrong with the same requests. */
function rulesWanted(clauses: ReturnType<typeof readSearch>): ((rule: string) => boolean) | undefined {
  const rules = clauses.filter((clause) => clause.every(({ field, not }) => field === 'rule' && !not))
  if (rules.length === 0) return undefined
  return (rule) => rules.some((clause) => clause.some(({ value }) => rule.toLowerCase().includes(value)))
}

/** Refused requests, newest first, by cause; the causes with the newest refusal come first. */
function groupByCause(refused: readonly ExchangeSummary[]): readonly CauseEntry[] {
  const causesOf = new Map(refused.map(({ id, issues }) => [id, new Set(issues.map(causeOf))]))
  const groups = new Map<string, { issue: ExplainedIssue; exchange: ExchangeSummary }[]>()
  for (const exchange of refused) {
    const above = exchange.parent === null ? undefined : causesOf.get(exchange.parent)
    for (const issue of exchange.issues) {
      const key = causeOf(issue)
      if (above?.has(key)) continue
      const group = groups.get(key)
      if (group) group.push({ issue, exchange })
      else groups.set(key, [{ issue, exchange }])
    }
  }
  return Array.from(groups, ([key, all]) => entryOf(key, all)).filter((entry) => entry !== undefined)
}

function entryOf(
  key: string,
  all: readonly { readonly issue: ExplainedIssue; readonly exchange: ExchangeSummary }[],
): CauseEntry | undefined {
  const exchanges = [...new Set(all.map(({ exchange }) => exchange))]
  const [newest] = exchanges
  const oldest = exchanges.at(-1)
  const best = all.reduce((one, other) => (other.exchange.issues.length < one.exchange.issues.length ? other : one))
  if (!newest || !oldest) return undefined
  return {
    key,
    rule: best.issue.rule,
    place: best.issue.expression === undefined ? null : withoutIndexes(best.issue.expression),
    issue: best.issue,
    count: all.length,
    requests: exchanges.length,
    best: best.exchange.id,
    status: best.exchange.status,
    first: oldest.time,
    last: newest.time,
    vendors: [...new Set(exchanges.flatMap(({ clientName }) => clientName ?? []))],
    newest: exchanges.slice(0, CAUSE_MARKS).map(({ id, time }) => ({ id, time })),
  }
}
