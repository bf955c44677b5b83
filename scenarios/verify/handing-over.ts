import type { Call, Evidence } from './evidence.ts'
import { each, type Judge, listed, together } from './judgment.ts'
import { sameRequest, survived } from './surviving.ts'

/** What is looked at of a Patient; anything may be missing, or of another type. */
interface Patient {
  readonly resourceType?: unknown
  readonly identifier?: readonly { readonly value?: string }[]
  readonly address?: readonly { readonly line?: unknown; readonly city?: unknown }[]
  readonly contact?: readonly { readonly name?: unknown }[]
  readonly deceasedDateTime?: unknown
  readonly deceasedBoolean?: unknown
}

interface HandOver {
  readonly call: Call
  readonly patient: Patient | undefined
  readonly number: string | undefined
}

function parsed(text: string): Patient | undefined {
  try {
    return JSON.parse(text) as Patient
  } catch {
    return undefined
  }
}

const numberOf = (patient: Patient | undefined) => patient?.identifier?.[0]?.value

function handOvers({ calls }: Evidence): HandOver[] {
  return calls
    .filter(({ surface, method, url }) => surface === 'pit' && method === 'POST' && /\/v1\/Patient$/.test(url.pathname))
    .map((call) => {
      const patient = parsed(call.requestBody)
      return { call, patient, number: numberOf(patient) }
    })
}

/** The persons as the record system had them in the end: the first list, and what the pack changed. */
function truth({ calls, others }: Evidence): Map<string, Patient> {
  const list = calls.find(
    ({ surface, url, status }) => surface === 'ehr' && /\/persons$/.test(url.pathname) && status === 200,
  )
  const { entry = [] } = (parsed(list?.responseBody ?? '') ?? {}) as { entry?: { resource: Patient }[] }
  const changed = others.filter(
    ({ surface, url }) => surface === 'ehr' && /\/persons\/[^/]+\/[^/]+$/.test(url.pathname),
  )
  const all = [
    ...entry.map(({ resource }) => resource),
    ...changed.flatMap(({ responseBody }) => parsed(responseBody) ?? []),
  ]
  return new Map(all.flatMap((patient) => ((number) => (number ? [[number, patient]] : []))(numberOf(patient))))
}

/** What can change of a person, however a program writes the rest down. */
function factsOf({ address, contact, deceasedDateTime, deceasedBoolean }: Patient): string {
  const gone = deceasedDateTime !== undefined || deceasedBoolean === true
  return JSON.stringify([address?.[0]?.line, address?.[0]?.city, contact?.[0]?.name, gone])
}

const accepted = (all: readonly HandOver[]) => all.filter(({ call }) => call.status === 202)

const handsOverEveryone: Judge = (evidence) => {
  const numbers = new Set(accepted(handOvers(evidence)).map(({ number }) => number))
  const persons = [...truth(evidence).keys()]
  const missing = persons.filter((number) => !numbers.has(number))
  const message = `${missing.length} of ${persons.length} persons were never handed over: ${listed(missing)}.`
  return { exercised: persons.length, findings: missing.length === 0 ? [] : [{ message, calls: [] }] }
}

/** Whom it never handed over is another requirement's. */
const handsOverNewest: Judge = (evidence) => {
  const all = accepted(handOvers(evidence))
  return each([...truth(evidence)], ([number, patient]) => {
    const last = all.findLast((one) => one.number === number)
    if (!last?.patient || factsOf(last.patient) === factsOf(patient)) return undefined
    return {
      message: `Of ${number} it handed over ${factsOf(last.patient)}, and not ${factsOf(patient)}.`,
      calls: [last.call],
    }
  })
}

/** Where an answer is lost nobody knows, and the hand-over is made again. */
const handsOverOnce: Judge = (evidence) => {
  const all = accepted(handOvers(evidence)).filter(({ call }) => call.whole)
  const judgment = each(all, ({ call, number, patient }) => {
    const before = all
      .slice(
        0,
        all.findIndex((one) => one.call === call),
      )
      .findLast((one) => one.number === number)
    if (!before?.patient || !patient || factsOf(before.patient) !== factsOf(patient)) return undefined
    return { message: `${number} was handed over again, and had not changed.`, calls: [before.call, call] }
  })
  return { ...judgment, findings: together(judgment.findings, (count) => `${count} hand-overs were one too many.`) }
}

const handsOverR4: Judge = (evidence) => {
  const judgment = each(handOvers(evidence), ({ call }) => {
    const found = call.rules.filter((rule) => /^(r4|json|pit|http)-/.test(rule))
    return found.length === 0 ? undefined : { message: `PIT refused a patient: ${listed(found)}.`, calls: [call] }
  })
  return { ...judgment, findings: together(judgment.findings, (count) => `${count} patients were refused.`) }
}

const refusedNotRepeated: Judge = (evidence) => {
  const all = handOvers(evidence).map(({ call }) => call)
  return each(
    all.filter(({ status, whole }) => status === 400 && whole),
    (call) => {
      const again = all.slice(all.indexOf(call) + 1).find((later) => sameRequest(later, call))
      return again && { message: 'A patient that was refused was sent again as it was.', calls: [call, again] }
    },
  )
}

/** PIT cannot be asked for one person: who does not know makes the hand-over again, which replaces the other. */
const repeatsUnanswered: Judge = (evidence) => survived(evidence, /^reset after/)

/** Requirements on a record system that hands patients over to PIT. */
export const HANDING_OVER = {
  'hands-over-everyone': handsOverEveryone,
  'hands-over-newest': handsOverNewest,
  'hands-over-once': handsOverOnce,
  'hands-over-r4': handsOverR4,
  'patient-refused-not-repeated': refusedNotRepeated,
  'repeats-unanswered': repeatsUnanswered,
} as const satisfies Record<string, Judge>
