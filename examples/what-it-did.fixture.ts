import type { ExchangeSummary } from '../simulator/surfaces/control/types.ts'
import type { Run } from './run-program.fixture.ts'

/** What a sample program did, as the journal tells it. */

/** What a request is selected by. */
export interface Wanted {
  readonly method?: string
  readonly url?: RegExp
  readonly status?: number
  readonly rule?: string
}

export const ACKNOWLEDGEMENT = /\$journaling-acknowledged$/
export const SUBMISSION = /\/write\/v1\/\w+$/
export const STATUS = /\$status$/
export const SEARCH = /\/read\/v1\/\w+(\?|$)/
export const CURSOR = /\?cursor=/
export const TOKEN = /\/connect\/token$/

export function select({ exchanges }: Run, { method, url, status, rule }: Wanted): ExchangeSummary[] {
  return exchanges.filter(
    (one) =>
      (method === undefined || one.method === method) &&
      (url === undefined || url.test(one.url)) &&
      (status === undefined || one.status === status) &&
      (rule === undefined || one.issues.some((issue) => issue.rule === rule)),
  )
}

export const count = (run: Run, wanted: Wanted) => select(run, wanted).length

/** The calls of JFT's APIs. */
export const callsOf = ({ exchanges }: Run) => exchanges.filter(({ surface }) => /^jft-/.test(surface))

/** How often JFT took an acknowledgement of each event. */
export function acknowledgements(run: Run): number[] {
  return run.events.map(
    ({ type, id }) => select(run, { url: ACKNOWLEDGEMENT }).filter(({ event }) => event === `${type}/${id}`).length,
  )
}

export const effectsOf = ({ exchanges }: Run) =>
  exchanges.flatMap(({ injected }) => injected.map(({ effect }) => effect))

/** The claims of every proof that JFT got, as text; the journal keeps no signature. */
export async function proofsOf(run: Run): Promise<(string | undefined)[]> {
  const details = await Promise.all(callsOf(run).map(({ id }) => run.sandbox.exchange(id)))
  return details.map(({ request }) => request.headers.find(([name]) => name === 'dpop')?.[1].split('.')[1])
}
