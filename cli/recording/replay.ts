import { authorize } from '../../scenarios/helseid-client.ts'
import { createOrigins, createSimulator, type SimulatorInput } from '../../simulator/index.ts'
import type { CaseDifference, CaseFile, CaseReplay } from '../../simulator/surfaces/control/types.ts'
import { CliError } from '../cli-error.ts'
import { described, type OpenTarget } from '../run-target.ts'
import { callerOf, ownTokens } from './own-tokens.ts'

type Settings = Readonly<Record<string, unknown>>

/** Replays in a fresh simulator of this process. Settings that are told take the place of the file's. */
export async function replayHere(recorded: CaseFile, settings?: Settings): Promise<CaseReplay> {
  const { fetch, world } = createSimulator({} as SimulatorInput)
  const { sandbox } = recorded
  const file =
    settings === undefined
      ? recorded
      : { ...recorded, sandbox: { ...sandbox, assumptions: { ...sandbox.assumptions, ...settings } } }
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(file) }
  const answer = await fetch(new Request(`${world.net.origins.local.control}/case`, init))
  if (!answer.ok) throw new CliError(`The case file cannot be replayed: ${await answer.text()}`)
  return withoutUnknownRules(recorded, (await answer.json()) as CaseReplay)
}

/** A recorder at a real service does not know rules; the status and the body say what there is to compare. */
function withoutUnknownRules({ exchanges }: CaseFile, result: CaseReplay): CaseReplay {
  const ruled = new Set(exchanges.filter(({ issues }) => issues.length > 0).map(({ id }) => id))
  const unknown = (one: CaseDifference) =>
    one.field === 'issues' && !ruled.has(one.exchange) && isEmptyList(one.expected)
  const statuses = new Set(result.differences.filter(({ field }) => field === 'status').map(({ exchange }) => exchange))
  const differences = result.differences.filter((one) => !unknown(one) || statuses.has(one.exchange))
  const different = new Set(differences.map(({ exchange }) => exchange))
  return { ...result, differences, same: result.replayed - different.size }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** Replays at a target, with its own clients. */
export async function replayAt(recorded: CaseFile, file: string): Promise<CaseReplay> {
  const at = described(file)
  const names = new Map<string, string>()
  const tokenOf = ownTokens(at.target.send)
  const outcomes: CaseReplay['differences'][number][][] = []
  const skipped: { id: string; reason: 'needs-client-keys' | 'outside' }[] = []
  for (const exchange of recorded.exchanges.filter(({ parent }) => parent === undefined)) {
    const reason =
      exchange.surface === 'helseid'
        ? 'needs-client-keys'
        : at.target.urls[exchange.surface] === undefined
          ? 'outside'
          : undefined
    if (reason) skipped.push({ id: exchange.id, reason })
    else outcomes.push(await again(exchange, at, names, tokenOf))
  }
  const same = outcomes.filter((list) => list.length === 0).length
  return {
    sandbox: at.target.name,
    sameCatalogue: true,
    replayed: outcomes.length,
    skipped,
    differences: outcomes.flat(),
    same,
  }
}

type Exchange = CaseFile['exchanges'][number]

async function again(
  exchange: Exchange,
  { target }: OpenTarget,
  names: Map<string, string>,
  tokenOf: ReturnType<typeof ownTokens>,
): Promise<CaseDifference[]> {
  const { id, request, response, surface } = exchange
  const translated = (text: string) =>
    [...names].reduce((changed, [before, after]) => changed.replaceAll(before, after), text)
  const url = target.urls[surface] + translated(pathOf(new URL(request.url)))
  const headers = await headersAgain(exchange, target, url, tokenOf)
  const body = request.body && request.method !== 'GET' ? translated(request.body.text) : null
  const answer = await target.send(new Request(url, { method: request.method, headers, body, redirect: 'manual' }))
  const text = await answer.text()
  learn(names, exchange, answer.headers.get('location') ?? '', text)
  const status: CaseDifference[] =
    answer.status === response.status
      ? []
      : [{ exchange: id, field: 'status', expected: response.status, found: answer.status }]
  return [...status, ...shapeDifferences(id, response.body?.text ?? '', text)]
}

/** Path and query below the base URL: of a simulator, in whichever sandbox, or of a real host. */
function pathOf(url: URL): string {
  const to = createOrigins(url.origin, 'test').route(url)
  return (to?.surface ? to.path : url.pathname) + url.search
}

const REPEATED = /^(?:accept|content-type|nhn-.*|servicecodes)$/i

async function headersAgain(
  { request, id }: Exchange,
  target: OpenTarget['target'],
  url: string,
  tokenOf: ReturnType<typeof ownTokens>,
): Promise<[string, string][]> {
  const kept = request.headers
    .filter(([name]) => REPEATED.test(name))
    .map(([name, value]): [string, string] => [name, value])
  const authorization = request.headers.find(([name]) => name === 'authorization')?.[1]
  if (authorization === undefined) return kept
  const [scheme = '', token = ''] = authorization.split(' ')
  const caller = callerOf(token)
  const clients = Object.values(target.clients)
  const file = clients.find(({ clientId }) => clientId === caller.clientId) ?? clients[0]
  if (!file) throw new CliError(`${id}: the target has no client to call with.`)
  const own = await tokenOf(file, caller)
  if (scheme.toLowerCase() === 'bearer') return [...kept, ['authorization', `Bearer ${own.accessToken}`]]
  return [...kept, ...Object.entries(await authorize(own, request.method, url))]
}

const ID = /\/([0-9a-f-]{36})\//i
const CURSOR = /cursor=([^"&\s]+)/

/** What the service named before, and what it names now. */
function learn(names: Map<string, string>, { response }: Exchange, location: string, text: string): void {
  const before = response.headers.find(([name]) => name === 'location')?.[1] ?? ''
  for (const [pattern, one, other] of [
    [ID, before, location],
    [CURSOR, response.body?.text ?? '', text],
  ] as const) {
    const [was, is] = [pattern.exec(one)?.[1], pattern.exec(other)?.[1]]
    if (was !== undefined && is !== undefined) names.set(was, is)
  }
}

/** Members that one answer has and the other has not: values differ in time and in names. */
function shapeDifferences(exchange: string, before: string, after: string): CaseDifference[] {
  const [expected, found] = [membersOf(before), membersOf(after)]
  return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ exchange, field: 'body', expected, found }]
}

function membersOf(text: string): readonly string[] | string {
  try {
    return Object.keys(JSON.parse(text) as object).sort()
  } catch {
    return text === '' ? 'empty' : 'not JSON'
  }
}
