import { redact } from '../../../ground/text/mask/redact.ts'
import { inUtf8 } from '../../../http/header-text.ts'
import { Rejection } from '../../../http/rejection.ts'
import { issueOf } from '../../../rules/catalogue.ts'
import type { Exchange } from '../../../state/exchange.ts'
import type { World } from '../../../state/world.ts'
import type { CaseDifference, CaseReplay } from '../types.ts'
import { type Aliases, createAliases, withoutBases } from './aliases.ts'
import { compareOutcomes, compareRefusals, type TextComparison } from './compare.ts'
import { type CredentialRenewer, createCredentialRenewer, renewed, wasRefusedAtToken } from './credentials.ts'
import { destinationOf } from './destination.ts'
import { createIdSequence, type IdSequence } from './id-sequence.ts'
import type { OpenableCase, Recorded } from './schema.ts'
import { skipReason } from './skip.ts'

interface Replay {
  readonly world: World
  readonly file: OpenableCase
  readonly renewer: CredentialRenewer
  readonly sequence: IdSequence
  readonly aliases: Aliases
}

type Result = Omit<CaseReplay, 'sandbox' | 'sameCatalogue'>

/**
 * Replays the exchanges of a case file that came from outside, in their order and at their times, and says where the
 * answers differ. The legs of an exchange happen again by themselves. At the end the clock stands as it stood in the file.
 */
export async function replayInto(world: World, file: OpenableCase): Promise<Result> {
  const unseeded = file.sandbox.seed === null
  const aliases = createAliases({ ids: unseeded, cursors: unseeded || runs(file) })
  const replay = {
    world,
    file,
    renewer: await createCredentialRenewer(world),
    sequence: await createIdSequence(world),
    aliases,
  }
  const legs = legsOf(file)
  const skipped: Result['skipped'][number][] = []
  const differences: CaseDifference[][] = []
  for (const exchange of file.exchanges.filter(({ parent }) => parent === undefined)) {
    const own = legs.get(exchange.id) ?? []
    const reason = skipReason(exchange, own, file)
    if (reason) skipped.push({ id: exchange.id, reason })
    else differences.push(await playAgain(replay, exchange, own))
  }
  await world.time.set((clock) => clock.freeze(Date.parse(file.sandbox.clock.now)))
  const same = differences.filter((list) => list.length === 0).length
  return { replayed: differences.length, skipped, differences: differences.flat(), same }
}

/** By the exchange that they are legs of. */
function legsOf({ exchanges }: OpenableCase): ReadonlyMap<string, readonly Recorded[]> {
  const legs = new Map<string, Recorded[]>()
  for (const exchange of exchanges) {
    const { parent } = exchange
    if (parent !== undefined) legs.set(parent, [...(legs.get(parent) ?? []), exchange])
  }
  return legs
}

function runs({ sandbox: { clock } }: OpenableCase): boolean {
  return clock.mode === 'running'
}

async function playAgain(replay: Replay, exchange: Recorded, legs: readonly Recorded[]): Promise<CaseDifference[]> {
  const { world, sequence, aliases } = replay
  await world.time.set((clock) => clock.freeze(Date.parse(exchange.time)))
  sequence.seek(exchange, legs)
  await world.net.fetch(await requestAgain(replay, exchange))
  const [found, ...before] = await world.state.journal.list({ limit: legs.length + 1 })
  if (!found) throw new TypeError('a replayed exchange is journaled')
  aliases.learn(exchange, found)
  const again = before.filter(({ parent }) => parent === found.id).reverse()
  for (const [index, leg] of again.entries()) aliases.learn(legs[index] ?? leg, leg)
  return compare(replay, exchange, found).map((difference) => ({ exchange: exchange.id, ...difference }))
}

function compare(replay: Replay, exchange: Recorded, found: Exchange) {
  if (wasRefusedAtToken(exchange)) return compareRefusals(exchange, found, wasRefusedAtToken(found))
  return compareOutcomes(exchange, found, comparison(replay, exchange))
}

function comparison({ world, file, aliases }: Replay, { request }: Recorded): TextComparison {
  const { seed, environment } = file.sandbox
  const to = destinationOf(request.url, environment)
  const plain = (text: string) => withoutBases(text, world.net.origins.local, ...(to ? [to.origins] : []))
  const sent = request.headers.some(([name]) => name === 'nhn-event-id')
  return {
    recorded: (text) => plain(redact(aliases.translate(text))),
    found: plain,
    looseTimes: runs(file),
    ignored: seed === null && !sent ? ['nhn-event-id'] : [],
  }
}

/** Headers of the connection, and those that are made again. */
const NOT_REPEATED = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'authorization',
  'dpop',
  'origin',
]

async function requestAgain({ world, file, renewer, aliases }: Replay, recorded: Recorded): Promise<Request> {
  const { method, url, headers, body } = recorded.request
  const path = destinationOf(url, file.sandbox.environment)?.path ?? ''
  const target = aliases.translate(world.net.origins.local[recorded.surface] + path + new URL(url).search)
  const kept = headers
    .filter(([name]) => !NOT_REPEATED.includes(name) && !name.startsWith('sec-fetch-'))
    .map(([name, value]): [string, string] => [name, inUtf8(value)])
  const sent = [...kept, ...(await renewed(renewer, recorded, target))]
  const text = body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body: aliases.translate(body.text) }
  try {
    return new Request(target, { method, headers: sent, ...text })
  } catch (error) {
    throw new Rejection(400, [issueOf('http-body', `${recorded.id} is not a request: ${(error as Error).message}`)])
  }
}
