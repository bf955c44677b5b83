import type { Aside } from '../ground/aside.ts'
import type { StepName } from '../ground/surfaces.ts'
import { activeIssues } from '../rules/active-issues.ts'
import type { RuleId } from '../rules/catalogue.ts'
import { type Correction, type CorrectionMode, correct } from '../rules/fhir/correct.ts'
import { withFixes } from '../rules/fixes/answers.ts'
import type { Issue } from '../rules/issue.ts'
import type { Verdicts } from '../rules/verdicts.ts'
import { type BodyCheck, type CheckSettings, checkBody, type Found } from './body-checks.ts'
import { JFT_CHECKS } from './jft-checks.ts'
import { PIT_CHECKS } from './pit-checks.ts'
import { fixOptions, type Judgement, type JudgeOptions, judge } from './verdicts/verdicts.ts'
import { VKP_CHECKS } from './vkp-checks.ts'

/*
 * The work on bodies that needs nothing but the body and settings, each kind as one call: here at once, or, of large bodies, in
 * another thread where there is one. Both do the same work.
 */

/** What each service that takes bodies checks of them. */
export const CHECKS = { jft: JFT_CHECKS, vkp: VKP_CHECKS, pit: PIT_CHECKS } as const

/** A service that takes bodies. */
export type CheckingService = keyof typeof CHECKS

/** A body for a service to check, from a step on. */
export interface ToCheck {
  readonly service: CheckingService
  readonly steps: readonly StepName[]
  readonly text: string
  /** The resource type in the path. */
  readonly endpoint: string
  /** Whether a refused body is told what both validators say of it. */
  readonly judged: boolean
}

/** What the checks of a body found, each of them in turn up to the one that refuses it. */
export interface Checked {
  /** `resource` says no more than whether there is one. */
  readonly found: readonly Found[]
  /** Of a refused body. */
  readonly refusal?: Refused
}

/** What is said of a refused body. */
export interface Refused {
  /** With their fixes. */
  readonly issues: readonly Issue[]
  readonly verdicts?: Verdicts
}

/** What VKP makes of a body. */
export interface CorrectedBody {
  readonly text: string
  readonly corrections: readonly Correction[]
}

type PlainSettings = Omit<CheckSettings, 'switchedOff'> & { readonly switchedOff: readonly RuleId[] }
type PlainOptions = Omit<JudgeOptions, 'switchedOff'> & { readonly switchedOff: readonly RuleId[] }

/** A job on a text, by the function that does it. */
type Job =
  | { readonly does: 'check'; readonly body: Omit<ToCheck, 'text'>; readonly settings: PlainSettings }
  | { readonly does: 'judge'; readonly options: PlainOptions }
  | { readonly does: 'correct'; readonly mode: CorrectionMode }

/** Characters of a body that others would notice if it was judged in the thread that answers them. */
const LARGE = 32 * 1024

/** The other thread, for a text that is large enough. */
export function asideFor(text: string, aside: Aside | undefined): Aside | undefined {
  return text.length > LARGE ? aside : undefined
}

/** Makes the checks of a body in another thread. */
export async function checkAside(aside: Aside, { text, ...body }: ToCheck, settings: CheckSettings): Promise<Checked> {
  const { found, refusal } = (await ask(aside, { does: 'check', body, settings: plain(settings) }, text)) as Checked
  const last = found.at(-1)
  if (refusal === undefined || last === undefined) return { found }
  return { found: [...found.slice(0, -1), { ...last, issues: refusal.issues }], refusal }
}

/** Both validators' verdicts on a text; of a large one in another thread, where there is one. */
export async function judgeText(text: string, options: JudgeOptions, aside: Aside | undefined): Promise<Judgement> {
  const other = asideFor(text, aside)
  if (other === undefined) return judge(text, options)
  const { endpoint, offset, forwarded = false } = options
  const told = { ...plain(options), forwarded, ...(endpoint && { endpoint }), ...(offset && { offset }) }
  return (await ask(other, { does: 'judge', options: told }, text)) as Judgement
}

/** A text with VKP's corrections; of a large one they are made in another thread, where there is one. */
export async function correctText(
  text: string,
  mode: CorrectionMode,
  aside: Aside | undefined,
): Promise<CorrectedBody> {
  const other = asideFor(text, aside)
  if (other === undefined) return correct(text, mode)
  return (await ask(other, { does: 'correct', mode }, text)) as CorrectedBody
}

/** Does a job that came from `Aside`; this is what the other thread runs. */
export function doJob(job: string, text: string): string {
  return JSON.stringify(outcomeOf(JSON.parse(job) as Job, text))
}

function outcomeOf(job: Job, text: string): Checked | Judgement | CorrectedBody {
  if (job.does === 'check')
    return check({ ...job.body, text }, { ...job.settings, switchedOff: new Set(job.settings.switchedOff) })
  if (job.does === 'judge') return judge(text, { ...job.options, switchedOff: new Set(job.options.switchedOff) })
  const corrected = correct(text, job.mode)
  return { text: corrected.text, corrections: corrected.corrections }
}

function check(body: ToCheck, settings: CheckSettings): Checked {
  const { service, steps, text, endpoint } = body
  const found: Found[] = []
  const noted = CHECKS[service].filter(([step]) => steps.includes(step)).map((one) => noting(one, found))
  const { refused } = checkBody(noted, { text, endpoint }, settings, (issues) =>
    activeIssues(issues, settings.switchedOff),
  )
  // What the body is refused for is in the refusal: it need not be sent twice.
  const told = found.map((one) => ({
    ...one,
    ...(one.resource && { resource: {} }),
    ...(one.issues === refused && { issues: [] }),
  }))
  return { found: told, ...(refused === undefined ? {} : { refusal: refusalOf(body, refused, settings) }) }
}

function noting([step, make]: BodyCheck, found: Found[]): BodyCheck {
  return [
    step,
    (body, settings) => {
      const one = make(body, settings)
      found.push(one)
      return one
    },
  ]
}

/** What is said of a refused body: how to fix what was found, and, where it is asked for, what both validators say. */
export function refusalOf(body: Omit<ToCheck, 'steps'>, issues: readonly Issue[], settings: CheckSettings): Refused {
  const { text, endpoint, judged } = body
  const told = { issues: withFixes(text, issues, fixOptions(settings)) }
  return judged ? { ...told, verdicts: judge(text, { ...settings, endpoint }).verdicts } : told
}

async function ask(aside: Aside, job: Job, text: string): Promise<unknown> {
  return JSON.parse(await aside(JSON.stringify(job), text))
}

function plain({ environment, assumptions, switchedOff }: CheckSettings): PlainSettings {
  return { environment, assumptions, switchedOff: [...switchedOff] }
}
