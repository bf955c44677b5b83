import type { Target } from '../runner/target.ts'
import type { Calibration, Observation, ProbeEvidence, Unlike } from './calibration.ts'
import { isSame } from './calibration.ts'
import { Inconclusive, type Probe, type Question, type Questions, Unplayed } from './question.ts'
import { FIRELY_QUESTIONS } from './questions/firely.ts'
import { HELSEID_QUESTIONS } from './questions/helseid.ts'
import { PIT_QUESTIONS } from './questions/pit.ts'
import { READ_QUESTIONS } from './questions/read.ts'
import { VKP_QUESTIONS } from './questions/vkp.ts'
import { WRITE_QUESTIONS } from './questions/write.ts'
import { createSession, type Pace, type Session } from './session.ts'

/** How the value of every setting is found, or why it cannot be. */
export const QUESTIONS: Questions = {
  ...WRITE_QUESTIONS,
  ...FIRELY_QUESTIONS,
  ...READ_QUESTIONS,
  ...PIT_QUESTIONS,
  ...VKP_QUESTIONS,
  ...HELSEID_QUESTIONS,
}

/** What a calibration is told. */
export interface CalibrateOptions extends Pace {
  /** Kinds of probes that are played only when they are asked for. */
  readonly also: readonly 'rates'[]
  /** What an earlier, interrupted calibration has: its settings are not asked again. */
  readonly known?: Calibration
  /** Whether a setting can have a value: what the simulator cannot play is not written down as a setting. */
  readonly takes: (name: string, value: unknown) => boolean
  readonly only?: readonly string[]
  readonly now?: () => number
  /** After each setting, with all that is known so far. */
  readonly progress?: (name: string, calibration: Calibration) => void
}

/** Plays the probes against a target, and decides each setting on which two different probes agree. */
export async function calibrate(target: Target, options: CalibrateOptions): Promise<Calibration> {
  const session = createSession(target, options)
  const calibration: Calibration = { settings: { ...options.known?.settings }, undecided: {} }
  for (const [name, question] of Object.entries(QUESTIONS)) {
    if (calibration.settings[name] || (options.only && !options.only.includes(name))) continue
    const found = await decide(session, name, question, options)
    if ('value' in found) calibration.settings[name] = found
    else calibration.undecided[name] = found.why
    if ('unlike' in found) calibration.unlike = { ...calibration.unlike, [name]: found.unlike }
    options.progress?.(name, calibration)
  }
  return calibration
}

/** Why a setting is not decided, and what the service did if no value of the setting plays it. */
interface Open {
  readonly why: string
  readonly unlike?: Unlike
}

/** The observation, or why there is none. */
async function decide(
  session: Session,
  name: string,
  question: Question,
  options: CalibrateOptions,
): Promise<Observation | Open> {
  const reason = reasonNotToAsk(question, session.target, options)
  if (reason !== undefined || 'impossible' in question) return { why: reason ?? '' }
  const where = () => ({
    date: new Date((options.now ?? Date.now)()).toISOString(),
    environment: session.target.name,
  })
  try {
    const [one, other] = question.probes
    const first = await seenBy(session, one)
    const second = await seenBy(session, other)
    const told = [first, second].map(({ value }) => JSON.stringify(value)).join(' and ')
    if (!isSame(first.value, second.value)) return { why: `Two probes do not agree: ${told}.` }
    const evidence = [...first.evidence, ...second.evidence]
    if (!options.takes(name, first.value)) {
      const why = `The service showed ${JSON.stringify(first.value)}, which this setting cannot be.`
      return { why, unlike: { what: why, ...where(), evidence } }
    }
    const confidence = question.confidence ?? 'high'
    return { value: first.value, certainty: 'observed', confidence, ...where(), evidence }
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error
    const { message: why } = error
    if (!(error instanceof Unplayed)) return { why }
    const about = error.requirement === undefined ? {} : { requirement: error.requirement }
    return { why, unlike: { what: why, ...about, ...where(), evidence: session.takeEvidence().slice(-KEPT) } }
  }
}

function reasonNotToAsk(question: Question, { urls }: Target, { also }: CalibrateOptions): string | undefined {
  if ('impossible' in question) return question.impossible
  if (question.only && !also.includes(question.only)) return `Asked only with --also ${question.only}.`
  const missing = question.needs?.find((surface) => urls[surface] === undefined)
  return missing === undefined ? undefined : `The target has no URL of ${missing}.`
}

/** Exchanges of a probe that are kept: the last, which decide. */
const KEPT = 3

async function seenBy(session: Session, probe: Probe): Promise<{ value: unknown; evidence: ProbeEvidence[] }> {
  session.takeEvidence()
  const value = await probe(session)
  return { value, evidence: session.takeEvidence().slice(-KEPT) }
}
