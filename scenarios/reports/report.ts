import { citedDocument, type DocumentKey } from '../../simulator/ground/documents.ts'
import { redact } from '../../simulator/ground/text/mask/redact.ts'
import { type RequirementFile, sourceOf } from '../requirements/requirement.ts'
import type { RunResult, ScenarioResult } from '../runner/result.ts'

/** A requirement as reports show it. */
export interface RequirementText {
  readonly id: string
  readonly quote: string
  /** Document, section and date in one line. */
  readonly source: string
  /** Key of the document (`jftsim documents KEY`); absent where no document says so. */
  readonly document?: DocumentKey
  /** Where everybody can read the document; absent where it is not public. */
  readonly address?: string
}

/** The requirements of documents as reports show them. */
export function requirementTexts(files: readonly RequirementFile[]): RequirementText[] {
  return files.flatMap((file) =>
    file.requirements.map((one) => ({
      id: one.id,
      quote: one.quote,
      source: sourceOf(file, one),
      ...documentOf(one.document ?? file.document),
    })),
  )
}

/** The members of a requirement that say which document it is of. */
export function documentOf(document: DocumentKey): Pick<RequirementText, 'document' | 'address'> {
  const { address } = citedDocument(document)
  return { document, ...(address === undefined ? {} : { address }) }
}

/** Whether a run shows that a requirement is kept. */
export type RequirementOutcome = 'kept' | 'broken' | 'not exercised'

/** A requirement, and the scenarios that prove or break it. */
export interface ReportedRequirement extends RequirementText {
  readonly outcome: RequirementOutcome
  /** Ids of scenarios. */
  readonly scenarios: readonly string[]
}

/** What all reports are made from; JSON as it is. */
export interface Report extends RunResult {
  readonly format: 'jft-simulator-report'
  readonly formatVersion: 1
  readonly title: string
  /** Whether nothing failed. */
  readonly passed: boolean
  readonly totals: Readonly<Record<ScenarioResult['outcome'], number>>
  readonly requirements: readonly ReportedRequirement[]
}

/** Joins a run with the requirements that its scenarios prove. */
export function reportOf(title: string, run: RunResult, requirements: readonly RequirementText[]): Report {
  const proved = new Set(run.scenarios.flatMap(({ proves }) => proves))
  const count = (outcome: ScenarioResult['outcome']) => run.scenarios.filter((one) => one.outcome === outcome).length
  return {
    format: 'jft-simulator-report',
    formatVersion: 1,
    title,
    ...run,
    target: redact(run.target),
    passed: count('failed') === 0,
    totals: { passed: count('passed'), failed: count('failed'), skipped: count('skipped') },
    requirements: requirements.filter(({ id }) => proved.has(id)).map((one) => withOutcome(one, run.scenarios)),
  }
}

function withOutcome(requirement: RequirementText, scenarios: readonly ScenarioResult[]): ReportedRequirement {
  const proving = scenarios.filter(({ proves }) => proves.includes(requirement.id))
  const has = (outcome: ScenarioResult['outcome']) => proving.some((one) => one.outcome === outcome)
  const outcome = has('failed') ? 'broken' : has('passed') ? 'kept' : 'not exercised'
  return { ...requirement, outcome, scenarios: [...new Set(proving.map(({ id }) => id))] }
}

/** The command that runs a scenario again with the same payloads. */
export function rerunCommand({ pack, id, seed }: ScenarioResult): string {
  return `jftsim run ${pack} --filter ${id} --seed ${seed}`
}
