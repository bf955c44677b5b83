import { applyPatch, type Operation } from 'rfc6902'
import type { Service } from '../../ground/services.ts'
import { maskJson } from '../../ground/text/mask/mask.ts'
import { redactValue } from '../../ground/text/mask/redact.ts'
import { activeIssues } from '../../rules/active-issues.ts'
import { shortIssue, unlessLong, within } from '../../rules/bounds.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { describeCure } from '../../rules/cure.ts'
import { type Corrected, correct } from '../../rules/fhir/correct.ts'
import { withFixes } from '../../rules/fixes/answers.ts'
import { composeFixes } from '../../rules/fixes/compose.ts'
import type { FixOptions } from '../../rules/fixes/fix.ts'
import type { Issue } from '../../rules/issue.ts'
import { decodeAnyway, decodeJson } from '../../rules/json/encoding.ts'
import type { PatchOperation } from '../../rules/json/json-patch.ts'
import { explain } from '../../rules/operation-outcome.ts'
import { isPublic, redactIssues } from '../../rules/redact.ts'
import type { Fixes, Verdict, Verdicts } from '../../rules/verdicts.ts'
import { type BodyCheck, type CheckSettings, checkBody } from '../body-checks.ts'
import { JFT_CHECKS } from '../jft-checks.ts'
import { PIT_CHECKS } from '../pit-checks.ts'
import { VKP_CHECKS } from '../vkp-checks.ts'

/** Verdicts, and the sent text with VKP's corrections in place where JFT then accepts it. */
export interface Judgement {
  readonly verdicts: Verdicts
  /** Order, indentation and all else as sent; absent when the corrections do not cure the text, or nothing needs a cure. */
  readonly corrected?: string
  /**
   * The sent text with every mechanical fix in it and nothing else changed; absent when there is none, and when it would
   * show a real identity number where none belongs.
   */
  readonly fixed?: string
}

/** Who judges a body: by which settings, and at the endpoint of which resource type, where one was called. */
export interface JudgeOptions extends CheckSettings {
  readonly endpoint?: string
  /** What to add to times without an offset, by the vendor's own word: `+01:00`, `Z`, or the name of a time zone. */
  readonly offset?: string
  /** Whether VKP's verdict says what VKP forwards. */
  readonly forwarded?: boolean
}

/**
 * Both validators' verdicts on the text of a submission, and PIT's on a patient. Identity numbers of the real series are
 * masked. Never throws.
 */
export function judge(text: string, options: JudgeOptions): Judgement {
  const service = serviceFor(text, options)
  const { issues, verdict } = judgeAt(service, text, options)
  const { text: fixed, ...fixes } = fixesOf(text, issues, service, options)
  const { verdicts, ...rest } = service === 'pit' ? besidePit(text, verdict, options) : withVkp(text, verdict, options)
  return {
    verdicts: { ...verdicts, fixes, cure: describeCure(verdicts) },
    ...(fixed === text || !mayShow(fixed, fixes.rest.length === 0, options) ? {} : { fixed }),
    ...rest,
  }
}

type Taking = keyof typeof CHECKS

/** What the service refuses the text for, and its verdict. */
function judgeAt(service: Taking, text: string, options: JudgeOptions) {
  const { issues, more, notes } = judgeBy(CHECKS[service], text, options)
  const fixable = withFixes(text, issues, fixOptions(options))
  const warnings = verdictOf(notes, service).issues
  const verdict = verdictOf(fixable, service, MOST_CHARACTERS.issues, more)
  return { issues, verdict: warnings.length === 0 ? verdict : { ...verdict, warnings } }
}

type Relation = Pick<Judgement, 'corrected'> & { readonly verdicts: Omit<Verdicts, 'fixes' | 'cure'> }

/** PIT's verdict beside those of the services that have no endpoint for a patient. */
function besidePit(text: string, pit: Verdict, { endpoint: _pit, ...options }: JudgeOptions): Relation {
  const { verdict: jft } = judgeAt('jft', text, options)
  return { verdicts: { pit, ...withVkp(text, jft, options).verdicts, patch: null } }
}

/** JFT's verdict beside VKP's, and what VKP makes of the text. */
function withVkp(text: string, jft: Verdict, options: JudgeOptions): Relation {
  const vkpIssues = withFixes(text, judgeBy(VKP_CHECKS, text, options).issues, fixOptions(options))
  const corrected = correct(text, vkpIssues.length > 0 ? 'none' : options.assumptions.corrections)
  const vkp = { ...verdictOf(vkpIssues, 'vkp'), ...forwardingOf(corrected, options, vkpIssues.length === 0) }
  const kept = vkp.accepted ? [] : activeIssues([NOT_FORWARDED], options.switchedOff)
  const after = kept.length > 0 ? { issues: kept, more: 0 } : judgeBy(JFT_CHECKS, corrected.text, options)
  const unplaced = after.issues.map(({ line: _line, column: _column, ...issue }) => issue)
  const jftAfterVkp = verdictOf(unplaced, 'jft', MOST_CHARACTERS.others, after.more)
  const cures = !jft.accepted && jftAfterVkp.accepted
  const verdicts = { jft, vkp, jftAfterVkp, patch: cures ? verifiedPatch(text, corrected, options) : null }
  const isFixed = cures && judgeAsJft(corrected.edited, options).length === 0
  return { verdicts, ...(isFixed && mayShow(corrected.edited, true, options) ? { corrected: corrected.edited } : {}) }
}

/**
 * Who takes the text: PIT a patient, and what is sent to PIT's endpoint. In production there is no PIT (PIT-API overview,
 * "Available environments").
 */
export function serviceFor(text: string, { endpoint, environment }: JudgeOptions): Taking {
  return environment !== 'prod' && (endpoint ?? resourceTypeIn(text)) === 'Patient' ? 'pit' : 'jft'
}

/** As far as one can tell: the text need not be JSON. */
function resourceTypeIn(text: string): unknown {
  if (!text.includes('Patient')) return undefined
  try {
    return (JSON.parse(text) as { resourceType?: unknown } | null)?.resourceType
  } catch {
    return /"resourceType"\s*:\s*"(\w+)"/.exec(text)?.[1]
  }
}

/** The same for bytes, as they come in a file or a request: those that are not UTF-8 are rejected for that. */
export function judgeBytes(bytes: Uint8Array, options: JudgeOptions): Judgement {
  const { text, issue } = decodeJson(bytes)
  if (issue === undefined) return judge(text, options)
  return options.switchedOff.has(issue.rule) ? judge(decodeAnyway(bytes), options) : notDecoded(issue)
}

/** The verdicts on bytes that are not a text. */
export function notDecoded(issue: Issue): Judgement {
  const rejected = verdictOf([issue], 'jft')
  const vkp = { ...verdictOf([issue], 'vkp'), corrections: [] }
  const fixes = { patch: null, fixed: 0, of: 1, rest: rejected.issues, beyond: 0 }
  const verdicts = { jft: rejected, vkp, jftAfterVkp: verdictOf([NOT_FORWARDED], 'jft'), patch: null }
  return { verdicts: { ...verdicts, fixes, cure: describeCure(verdicts) } }
}

const CHECKS = { jft: JFT_CHECKS, pit: PIT_CHECKS }

/** What the service refuses the text for that takes it. */
export function refusedFor(text: string, options: JudgeOptions): readonly Issue[] {
  return judgeBy(CHECKS[serviceFor(text, options)], text, options).issues
}

function judgeAsJft(text: string, options: JudgeOptions): readonly Issue[] {
  return judgeBy(JFT_CHECKS, text, options).issues
}

function forwardingOf(corrected: Corrected, { forwarded }: JudgeOptions, isForwarded: boolean) {
  const { text } = corrected
  const { shown, more } = within(corrected.corrections, MOST_CHARACTERS.others)
  const moreCorrections = corrected.moreCorrections + more
  return {
    corrections: redactValue(shown),
    ...(moreCorrections > 0 ? { moreCorrections } : {}),
    ...(forwarded === true && isForwarded ? { forwarded: maskJson(text).text } : {}),
  }
}

/** What the checks refuse the text for, by the rules that are in force. */
function judgeBy(
  checks: readonly BodyCheck[],
  text: string,
  { endpoint, offset: _offset, forwarded: _forwarded, ...settings }: JudgeOptions,
): { readonly issues: readonly Issue[]; readonly more: number; readonly notes: readonly Issue[] } {
  const filter = (issues: readonly Issue[]) => activeIssues(issues, settings.switchedOff)
  const body = { text, ...(endpoint === undefined ? {} : { endpoint }) }
  const { refused = [], more = 0, notes } = checkBody(checks, body, settings, filter)
  return { issues: filter(refused), more, notes: filter(notes) }
}

/** Characters of JSON that the parts of the verdicts take, so that no answer is longer than 2 MB for what is wrong. */
const MOST_CHARACTERS = { issues: 600_000, others: 200_000, patch: 150_000 }

function verdictOf(
  issues: readonly Issue[],
  service: Service,
  characters = MOST_CHARACTERS.others,
  uncounted = 0,
): Verdict {
  const explained = redactIssues(issues.map(shortIssue)).map((issue) => explain(issue, service))
  const { shown, more } = within(explained, characters)
  return { accepted: issues.length === 0, issues: shown, ...(more + uncounted === 0 ? {} : { more: more + uncounted }) }
}

/** Real identity numbers are shown only where they belong: in what JFT accepts in production. */
function mayShow(text: string, isAccepted: boolean, { environment }: JudgeOptions): boolean {
  return isPublic(text) || (environment === 'prod' && isAccepted)
}

/** The text with every mechanical fix, for whoever has it already; it is not masked. */
export function fixText(text: string, options: JudgeOptions): string {
  const service = serviceFor(text, options)
  return fixesOf(text, judgeBy(CHECKS[service], text, options).issues, service, options).text
}

/** What depends on the version of the library in a fix. */
export function fixOptions({ assumptions, offset }: Pick<JudgeOptions, 'assumptions' | 'offset'>): FixOptions {
  const { firelySdk: sdk, dotnet } = assumptions
  return { sdk, dotnet, ...(offset === undefined ? {} : { offset }) }
}

/** All mechanical fixes together. A patch with a masked number would do harm. */
function fixesOf(
  text: string,
  issues: readonly Issue[],
  service: Taking,
  options: JudgeOptions,
): Fixes & { readonly text: string } {
  const judgeAgain = (fixed: string) => refusedFor(fixed, options)
  const { patch, rest, ...counts } = composeFixes(text, issues, fixOptions(options), judgeAgain)
  const left = withFixes(counts.text, rest, fixOptions(options))
  const { issues: shown, more } = verdictOf(left, service)
  return {
    ...counts,
    patch: isPublic(patch) ? unlessLong(patch, MOST_CHARACTERS.patch) : null,
    rest: shown,
    ...(more === undefined ? {} : { more }),
  }
}

const NOT_FORWARDED = issueOf('vkp-not-forwarded', 'VKP rejects it, so nothing is forwarded to JFT.')

/** The patch, if applying it to a copy gives what JFT accepts. A patch with a masked number would do harm. */
function verifiedPatch(text: string, { patch }: Corrected, options: JudgeOptions): readonly PatchOperation[] | null {
  if (patch === undefined || patch.length === 0) return null
  if (unlessLong(patch, MOST_CHARACTERS.patch) === null || !isPublic(patch)) return null
  const copy: unknown = JSON.parse(text)
  const faults = applyPatch(copy, patch as Operation[]).filter((fault) => fault !== null)
  return faults.length === 0 && judgeAsJft(JSON.stringify(copy), options).length === 0 ? patch : null
}
