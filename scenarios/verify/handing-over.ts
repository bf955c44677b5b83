import type { Call, Evidence } from './evidence.ts'
import { absence, combined, each, type Judge, listed } from './judgment.ts'
import { submissions } from './requests.ts'
import { hitBy, survived } from './surviving.ts'

/** Hand-overs of a person, by the identity number in them. */
function handOversOf(evidence: Evidence, number: string): Call[] {
  return submissions(evidence).filter(({ requestBody }) => requestBody.includes(`"${number}"`))
}

const accepted = (calls: readonly Call[]) => calls.filter(({ status }) => status === 202)

/** The service refused the person for good: it is not handed over again. */
const isRefusedForGood = (calls: readonly Call[]) => calls.some(({ status }) => status === 400 || status === 413)

const numbersOf = ({ persons }: Evidence) => [...new Set(persons.map(({ number }) => number))]

const handsOverEveryone: Judge = (evidence) => {
  const due = numbersOf(evidence).filter((number) => !isRefusedForGood(handOversOf(evidence, number)))
  // What broke off may be stored; whether it is made again is another requirement.
  const missing = due.filter((number) => !handOversOf(evidence, number).some(isTaken))
  const message = `It handed over ${due.length - missing.length} of ${due.length} persons; missing ${listed(missing)}.`
  return absence(submissions(evidence), due.length, missing, message)
}

const isTaken = ({ status, event }: Call) => status === 202 || event !== undefined

const handsOverEachChange: Judge = (evidence) => {
  const changes = evidence.persons.filter(
    ({ number, changed }) => changed && !isRefusedForGood(handOversOf(evidence, number)),
  )
  const missing = changes.filter(({ number, since }) => {
    const all = handOversOf(evidence, number).filter(isTaken)
    const before = all.findLast(({ began }) => began < since)
    return !all.some((call) => call.began >= since && call.requestBody !== before?.requestBody)
  })
  const numbers = missing.map(({ number }) => number)
  const message = `${missing.length} of ${changes.length} changes were not handed over: of ${listed(numbers)}.`
  return absence(submissions(evidence), changes.length, numbers, message)
}

/** What was accepted, and of which the program knows, is not handed over again as it is. */
const handsOverOnce: Judge = (evidence) => {
  const findings = numbersOf(evidence).flatMap((number) => {
    const all = accepted(handOversOf(evidence, number))
    return all.flatMap((call, at) => {
      const before = all[at - 1]
      if (!before?.whole || before.requestBody !== call.requestBody) return []
      return [{ message: `${number} was handed over again, and nothing had changed.`, calls: [before, call] }]
    })
  })
  const exercised = accepted(submissions(evidence)).length
  return { exercised, findings: combined(findings, (count) => `${count} hand-overs too many.`) }
}

/** An older version that comes after a newer one takes its place. */
const newestVersionLast: Judge = (evidence) =>
  each(numbersOf(evidence), (number) => {
    const all = accepted(handOversOf(evidence, number))
    const back = all.findIndex((call, at) => {
      const same = all.findIndex(({ requestBody }) => requestBody === call.requestBody)
      return all.slice(same, at).some(({ requestBody }) => requestBody !== call.requestBody)
    })
    const call = all[back]
    if (!call) return undefined
    return {
      message: `An older version of ${number} was handed over after a newer one.`,
      calls: all.slice(Math.max(back - 1, 0), back + 1),
    }
  })

/** Whether it is stored nobody can know, and a second time replaces the first. */
const survivesLostAnswer: Judge = (evidence) =>
  survived(
    evidence,
    hitBy(evidence, /^reset after/).filter((call) => submissions(evidence).includes(call)),
  )

/** Requirements on a record system that hands persons over to PIT. */
export const HANDING_OVER = {
  'hands-over-everyone': handsOverEveryone,
  'hands-over-each-change': handsOverEachChange,
  'hands-over-once': handsOverOnce,
  'newest-version-last': newestVersionLast,
  'survives-lost-answer': survivesLostAnswer,
} as const satisfies Record<string, Judge>
