import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readNumbers } from '../../http/parameters.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Exchange } from '../../state/exchange.ts'
import type { TraceList } from './found-types.ts'
import { exchangeSummary } from './stream.ts'

/** How many exchanges of a trace are listed, the first: an event that nobody acknowledges is read again and again. */
const MOST = 60

/**
 * `GET /_sim/trace`: the exchanges that made, touched or handed out an `event`, or one `exchange`, with the requests that they
 * are legs of and all legs of these, oldest first.
 */
export async function readTrace(ctx: Context): Promise<Answer> {
  readNumbers(ctx, {}, ['event', 'exchange'])
  const [event, exchange] = [ctx.query.get('event'), ctx.query.get('exchange')]
  if ((event === null) === (exchange === null)) throw oneOfTwo()
  const all: Exchange[] = []
  for await (const one of ctx.world.state.journal.since(0)) all.push(one)
  const asked = ({ id, event: own, events = [] }: Exchange) =>
    id === exchange || (event !== null && (own === event || events.includes(event)))
  const rootOf = rootsOf(all)
  const roots = new Set(all.filter(asked).map(rootOf))
  const family = all.filter((one) => roots.has(rootOf(one)))
  return json(200, {
    exchanges: family.slice(0, MOST).map(exchangeSummary),
    matching: family.length,
  } satisfies TraceList)
}

function oneOfTwo(): Rejection {
  return new Rejection(400, [issueOf('http-parameter', 'Give either event, as Composition/id, or exchange.')])
}

/** The first request that an exchange is a leg of, itself where it is none. A leg begins after its request, and ends before it. */
function rootsOf(all: readonly Exchange[]): (exchange: Exchange) => string {
  const parents = new Map(all.flatMap(({ id, parent }) => (parent === undefined ? [] : [[id, parent] as const])))
  return ({ id }) => {
    let root = id
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    return root
  }
}
