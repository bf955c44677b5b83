import { setTimeout as sleep } from 'node:timers/promises'
import { sandboxBehind, TokenRefused } from '../simulator/adapters/testing/sandbox.ts'
import type { Sandbox, Urls } from '../simulator/adapters/testing/sandbox-types.ts'
import { scopeOf } from '../simulator/ground/surfaces.ts'
import { asCalled, ControlRefused, controlAt } from '../simulator/surfaces/control/client.ts'
import type { Info } from '../simulator/surfaces/control/types.ts'
import { withAdminToken } from './admin-token.ts'
import { CliError } from './cli-error.ts'
import type { Generated } from './commands/generate.ts'
import { statusLine, tell } from './print.ts'

interface Destination {
  /** Base URL of a simulator or of a sandbox, without a trailing slash. */
  readonly url: string
  readonly orgnr: string
  /** Events per second. */
  readonly rate: number
  readonly adminToken: string | undefined
}

/** Requests that wait for an answer at once: a slow simulator slows the sending down. */
const IN_FLIGHT = 50

/**
 * Submits the events at a rate, and shows on standard error how far it is. Gives the number of refused ones. Throws a
 * `CliError` when no simulator answers, and when HelseID refuses the token.
 */
export async function postEvents(
  events: readonly Generated[],
  { url, orgnr, rate, adminToken }: Destination,
): Promise<number> {
  const send = await senderTo(
    await sandboxAt(url, adminToken),
    orgnr,
    events.map(({ type }) => type),
  )
  const progress = progressOf(events.length)
  const waiting = new Set<Promise<void>>()
  const started = performance.now()
  for (const [index, event] of events.entries()) {
    await sleep(started + (index * 1000) / rate - performance.now())
    if (waiting.size >= IN_FLIGHT) await Promise.race(waiting)
    const sent = send(event).then(progress.count, progress.fail)
    waiting.add(sent)
    void sent.finally(() => waiting.delete(sent))
  }
  await Promise.all(waiting)
  return progress.end()
}

async function sandboxAt(url: string, adminToken: string | undefined): Promise<Sandbox> {
  const send = withAdminToken(fetch, adminToken, [url])
  const info = await controlAt(send, `${url}/_sim`)<Info>('GET', '/info').catch((error: unknown) => {
    if (error instanceof ControlRefused) throw new CliError(error.message)
    throw new CliError(`No simulator answers at ${url}. Start one with "jftsim start".`)
  })
  const urls = asCalled(url, info.origins) as Urls
  return sandboxBehind({ name: url, urls, fetch: withAdminToken(fetch, adminToken, [url, urls.control]) })
}

/** Which door a resource type goes through, and by whom: events to JFT, patients to PIT. */
const PATIENTS = { client: 'EHR-PIT', scope: scopeOf('pit', 'write') }

/** Sends with one token for each API; with a new one when that is refused, as after its ten minutes. */
async function senderTo(sandbox: Sandbox, orgnr: string, types: readonly string[]) {
  const isPatient = (type: string) => type === 'Patient'
  const fresh = (patients: boolean) => sandbox.token(orgnr, patients ? PATIENTS : {})
  const tokens = new Map<boolean, ReturnType<typeof fresh>>()
  for (const patients of new Set(types.map(isPatient))) {
    const token = fresh(patients)
    tokens.set(patients, token)
    await token.catch((error) => {
      throw error instanceof TokenRefused ? new CliError(error.message, 1) : error
    })
  }
  const post = async ({ type, text }: Generated) => {
    const patients = isPatient(type)
    const url = `${sandbox.urls[patients ? 'pit' : 'jft-write']}/v1/${type}`
    const token = await (tokens.get(patients) ?? fresh(patients))
    const headers = { ...(await token.authorize('POST', url)), 'content-type': 'application/fhir+json' }
    return fetch(url, { method: 'POST', headers, body: text })
  }
  return async (event: Generated) => {
    const answer = await post(event)
    if (answer.status !== 401) return answer
    tokens.set(isPatient(event.type), fresh(isPatient(event.type)))
    return post(event)
  }
}

function progressOf(total: number) {
  const statuses = new Map<string, number>()
  let refused = 0
  const line = () => {
    const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0)
    const by = [...statuses].sort(([a], [b]) => a.localeCompare(b)).map(([status, count]) => `${status}: ${count}`)
    return `${sent} of ${total} sent; ${by.join(', ') || 'none answered yet'}`
  }
  const add = (outcome: string) => statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1)
  const refuse = (why: string) => {
    refused += 1
    if (refused === 1) tell(`The first refusal, ${why.slice(0, 500)}`)
  }
  const isTerminal = process.stderr.isTTY
  const showing = setInterval(
    () => (isTerminal ? statusLine.write(process.stderr, line()) : tell(line())),
    isTerminal ? 100 : 5_000,
  )
  return {
    async count(answer: Response) {
      const text = await answer.text()
      add(String(answer.status))
      if (!answer.ok) refuse(`${answer.status}: ${text}`)
    },
    fail(error: Error) {
      add('no answer')
      refuse(`no answer: ${error.message}`)
    },
    end() {
      clearInterval(showing)
      if (isTerminal) statusLine.clear(process.stderr)
      tell(line())
      return refused
    },
  }
}
