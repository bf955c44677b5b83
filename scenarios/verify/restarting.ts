import type { Call, Evidence } from './evidence.ts'
import { blur } from './held-up.ts'
import { type Judge, listed } from './judgment.ts'
import { acknowledgements, eventOf, tokenRequests } from './requests.ts'

const acknowledgedSurvivesRestart: Judge = (evidence) => {
  const done = acknowledgements(evidence).filter(({ status }) => status === 202)
  const events = [...new Set(done.map(eventOf))]
  if (!evidence.restarted) return { exercised: 0, findings: [] }
  const { shown } = evidence
  if (shown === undefined) return asFarAsSeen(evidence.events.length, left(evidence.events))
  const has = new Set(shown.map((id) => id.split('/').at(-1)))
  const missing = events.filter((event) => !has.has(event.split('/').at(-1)))
  const message = `It was killed and started again, and has not ${listed(missing)}, which it had acknowledged.`
  const calls = done.filter((call) => missing.includes(eventOf(call))).slice(0, 3)
  return { exercised: events.length, findings: missing.length === 0 ? [] : [{ message, calls }] }
}

const left = (events: Parameters<Judge>[0]['events']) =>
  events.filter(({ acknowledged }) => acknowledged === null).map(({ type, id }) => `${type}/${id}`)

/** Its requests show whether it went on, and not what it still has. */
function asFarAsSeen(exercised: number, missing: readonly string[]): ReturnType<Judge> {
  const note = 'Kept as far as its requests show; set JFT_SHOW_COMMAND, so that it can be asked what it has.'
  const message = `It was killed and started again, and never acknowledged ${listed(missing)}.`
  return { exercised, note, findings: missing.length === 0 ? [] : [{ message, calls: [], absent: 'all' }] }
}

/** How many requests for a token in how many milliseconds are no rest. */
const MANY = 10
const WINDOW = 5_000

const restsWhenClientExpired: Judge = (evidence) => {
  const refused = tokenRequests(evidence).filter(({ status }) => status >= 400)
  const rush = refused.find((call, at) => endsWithin(evidence, call, refused[at + MANY]))
  const calls = rush === undefined ? [] : refused.slice(refused.indexOf(rush)).slice(0, 3)
  const message = `HelseID said that it does not take the client, and got ${MANY + 1} requests in less than ${WINDOW / 1000} s.`
  return { exercised: refused.length, findings: rush === undefined ? [] : [{ message, calls }] }
}

/** What waited for the machine comes at once when it has time again. */
function endsWithin({ stalls }: Evidence, first: Call, last: Call | undefined): boolean {
  return last !== undefined && last.began - first.began + blur(stalls, first.began - WINDOW, last.began) < WINDOW
}

/** Requirements on programs that are started again, or started in vain. */
export const RESTARTING = {
  'acknowledged-survives-restart': acknowledgedSurvivesRestart,
  'rests-when-client-expired': restsWhenClientExpired,
} as const satisfies Record<string, Judge>
