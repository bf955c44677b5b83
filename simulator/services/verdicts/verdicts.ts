import { applyPatch, type Operation } from 'rfc6902'
import type { Service } from '../../ground/services.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { type Corrected, correct, type PatchOperation } from '../../rules/fhir/correct.ts'
import { maskIdentityNumbersInJson } from '../../rules/identifiers.ts'
import { inForce } from '../../rules/in-force.ts'
import type { Issue } from '../../rules/issue.ts'
import { explain } from '../../rules/operation-outcome.ts'
import { redact, redactIssue } from '../../rules/redact.ts'
import { describeCure, type Verdict, type Verdicts } from '../../rules/verdicts.ts'
import { type BodyCheck, type CheckSettings, checkBody } from '../body-checks.ts'
import { JFT_CHECKS } from '../jft-checks.ts'
import { VKP_CHECKS } from '../vkp-checks.ts'

/** Verdicts, and the sent text with VKP's corrections in place where JFT then accepts it. */
export interface Judgement {
  readonly verdicts: Verdicts
  /** Order, indentation and all else as sent; absent when the corrections do not cure the text, or nothing needs a cure. */
  readonly corrected?: string
}

/** Who judges a body: by which settings, and at the endpoint of which resource type, where one was called. */
export interface JudgeOptions extends CheckSettings {
  readonly endpoint?: string
  /** Whether VKP's verdict says what VKP forwards. */
  readonly forwarded?: boolean
}

/** Both validators' verdicts on the text of a submission. Identity numbers of the real series are masked. Never throws. */
export function judge(text: string, options: JudgeOptions): Judgement {
  const jft = verdictOf(judgeBy(JFT_CHECKS, text, options), 'jft')
  const vkpIssues = judgeBy(VKP_CHECKS, text, options)
  const corrected = correct(text, vkpIssues.length > 0 ? 'none' : options.assumptions.corrections)
  const vkp = { ...verdictOf(vkpIssues, 'vkp'), ...forwardingOf(corrected, options, vkpIssues.length === 0) }
  const kept = vkp.accepted ? [] : inForce([NOT_FORWARDED], options.switchedOff)
  const after = kept.length > 0 ? kept : judgeBy(JFT_CHECKS, corrected.text, options)
  const jftAfterVkp = verdictOf(
    after.map(({ line: _line, column: _column, ...issue }) => issue),
    'jft',
  )
  const cures = !jft.accepted && jftAfterVkp.accepted
  const verdicts = { jft, vkp, jftAfterVkp, patch: cures ? verifiedPatch(text, corrected, options) : null }
  const isFixed = cures && judgeBy(JFT_CHECKS, corrected.edited, options).length === 0
  return {
    verdicts: { ...verdicts, cure: describeCure(verdicts) },
    ...(isFixed ? { corrected: corrected.edited } : {}),
  }
}

function forwardingOf(corrected: Corrected, { forwarded }: JudgeOptions, isForwarded: boolean) {
  const { corrections, moreCorrections, text } = corrected
  return {
    corrections: withoutRealNumbers(corrections),
    ...(moreCorrections > 0 ? { moreCorrections } : {}),
    ...(forwarded === true && isForwarded ? { forwarded: maskIdentityNumbersInJson(text) } : {}),
  }
}

/** What the checks refuse the text for, by the rules that are in force. */
function judgeBy(
  checks: readonly BodyCheck[],
  text: string,
  { endpoint, forwarded: _forwarded, ...settings }: JudgeOptions,
): readonly Issue[] {
  const filter = (issues: readonly Issue[]) => inForce(issues, settings.switchedOff)
  const body = { text, ...(endpoint === undefined ? {} : { endpoint }) }
  return filter(checkBody(checks, body, settings, filter).refused ?? [])
}

function verdictOf(issues: readonly Issue[], service: Service): Verdict {
  return { accepted: issues.length === 0, issues: issues.map((issue) => explain(redactIssue(issue), service)) }
}

const NOT_FORWARDED = issueOf('vkp-not-forwarded', 'VKP rejects it, so nothing is forwarded to JFT.')

/** The patch, if applying it to a copy gives what JFT accepts. A patch with a masked number would do harm. */
function verifiedPatch(text: string, { patch }: Corrected, options: JudgeOptions): readonly PatchOperation[] | null {
  if (patch === undefined || patch.length === 0) return null
  const shown = JSON.stringify(patch)
  if (maskIdentityNumbersInJson(shown) !== shown) return null
  const copy: unknown = JSON.parse(text)
  const faults = applyPatch(copy, patch as Operation[]).filter((fault) => fault !== null)
  return faults.length === 0 && judgeBy(JFT_CHECKS, JSON.stringify(copy), options).length === 0 ? patch : null
}

function withoutRealNumbers<T>(value: T): T {
  return JSON.parse(redact(maskIdentityNumbersInJson(JSON.stringify(value)))) as T
}
