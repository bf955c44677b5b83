import type { Refusal } from '../ground/platform.ts'
import type { Exchange } from '../state/exchange.ts'
import type { World } from '../state/world.ts'
import { linkTo } from './pipeline.ts'

/** The rules by which a service asks for more, and a good client then sends it: no refusal of anything. */
const ASKING = new Set(['dpop-nonce'])

/**
 * What an exchange was refused for; `undefined` where it was not, and for a leg of another, which says it itself. That of a
 * broken connection has no status.
 */
export function refusalIn(world: Pick<World, 'settings' | 'net'>, exchange: Exchange): Refusal | undefined {
  const { id, surface, response, issues, moreIssues = 0, parent, caller } = exchange
  const [first, ...others] = issues
  if (parent !== undefined || response.status < 400 || first === undefined) return undefined
  if (issues.every(({ rule }) => ASKING.has(rule))) return undefined
  return {
    surface,
    status: response.status,
    ...(caller.clientId === undefined ? {} : { client: caller.clientName ?? caller.clientId }),
    rule: first.rule,
    message: first.message,
    more: others.length + moreIssues,
    link: linkTo(world, id),
  }
}
