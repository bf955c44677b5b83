import { citedDocument, type DocumentKey, documentOf as rowOf } from '../../simulator/ground/documents.ts'
import { redact } from '../../simulator/ground/text/mask/redact.ts'
import { type RequirementFile, sourceOf } from '../requirements/requirement.ts'
import type { ProgramResult, RecordedExchange, RunResult, ScenarioResult } from '../runner/result.ts'
import type { About, Waiver } from './beside.ts'
import { outcomeOf, type RequirementOutcome, waivedBy } from './outcome.ts'
import type { Language } from './words.ts'

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
  /** Title of the document: what it is about, for who reads a long table. */
  readonly topic?: string
  /** Who must keep it: a surface, or the party of a client. */
  readonly who?: string
  /** How sure it is that it is owed. */
  readonly certainty?: string
  /** `should` where its own words recommend rather than demand. */
  readonly level?: 'must' | 'should'
}

/** The requirements of documents as reports show them. */
export function requirementTexts(files: readonly RequirementFile[]): RequirementText[] {
  return files.flatMap((file) =>
    file.requirements.map((one) => ({
      id: one.id,
      quote: one.quote,
      source: sourceOf(file, one),
      who: one.who,
      certainty: one.certainty,
      level: levelOf(one.quote),
      ...documentOf(one.document ?? file.document),
    })),
  )
}

/** The members of a requirement that say which document it is of. */
export function documentOf(document: DocumentKey): Pick<RequirementText, 'document' | 'address' | 'topic'> {
  const { address } = citedDocument(document)
  return { document, topic: rowOf(document).title, ...(address === undefined ? {} : { address }) }
}

/** RFC 2119, section 3, for words that documents in English use. */
function levelOf(quote: string): 'must' | 'should' {
  return /\b(should|recommended|encouraged)\b/i.test(quote) ? 'should' : 'must'
}

/** A requirement, and the scenarios that prove or break it. */
export interface ReportedRequirement extends RequirementText {
  readonly outcome: RequirementOutcome
  /** Why it is not kept, or not wholly. */
  readonly reason?: string
  /** What shows it: ids of exchanges, or where there is no journal the requests, their answers and times. */
  readonly evidence?: readonly string[]
  /** Ids of scenarios. */
  readonly scenarios: readonly string[]
}

/** What was tested: a simulator itself, another environment, or a program. */
export type Tested = 'simulator' | 'target' | 'program'

/** What all reports are made from; JSON as it is, with `sha256` of all the rest. */
export interface Report extends Omit<RunResult, 'tested'> {
  readonly format: 'jft-simulator-report'
  readonly formatVersion: 1
  readonly title: string
  readonly tested: Tested
  /** Who and what was tested, as its vendor says. */
  readonly about?: About
  /** Of the words around what is quoted; English where it is absent. */
  readonly language?: Language
  /** Whether nothing failed, and a program that was judged is to blame for nothing and was put through all. */
  readonly passed: boolean
  readonly totals: Readonly<Record<ScenarioResult['outcome'], number>>
  readonly requirements: readonly ReportedRequirement[]
  /** SHA-256 of the rest as JSON without blanks, in hexadecimal; a report gets it when it is written. */
  readonly sha256?: string
}

/** What a report says beside the run. */
export interface Beside {
  readonly about?: About
  readonly waivers?: readonly Waiver[]
  readonly language?: Language
  /** Ids that are reported also where no scenario proves them. */
  readonly declared?: readonly string[]
}

/** Joins a run with the requirements that its scenarios prove. */
export function reportOf(
  title: string,
  run: RunResult,
  requirements: readonly RequirementText[],
  { about, waivers = [], language, declared = [] }: Beside = {},
): Report {
  const proved = new Set([...run.scenarios.flatMap(({ proves }) => proves), ...declared])
  const count = (outcome: ScenarioResult['outcome']) => run.scenarios.filter((one) => one.outcome === outcome).length
  const valid = waivers.filter(({ until }) => until >= run.started.slice(0, 10))
  const waived = new Set(valid.map(({ id }) => id))
  return {
    format: 'jft-simulator-report',
    formatVersion: 1,
    title,
    ...(about === undefined ? {} : { about }),
    ...(language === undefined ? {} : { language }),
    ...run,
    target: redact(run.target),
    tested: run.program === undefined ? (run.tested ?? 'simulator') : 'program',
    passed: !run.scenarios.some((one) => isFailure(one, waived)) && isWhole(run.program),
    totals: { passed: count('passed'), failed: count('failed'), skipped: count('skipped') },
    requirements: requirements
      .filter(({ id }) => proved.has(id))
      .map((one) =>
        reported(
          one,
          run,
          valid.find(({ id }) => id === one.id),
        ),
      ),
  }
}

/** Whether a scenario counts against the run: not where all that it breaks is waived. */
function isFailure({ outcome, breaks, proves }: ScenarioResult, waived: ReadonlySet<string>): boolean {
  const broken = breaks ?? proves
  return outcome === 'failed' && (broken.length === 0 || broken.some((id) => !waived.has(id)))
}

/** Whether there is nothing beside the requirements that keeps the verdict from being good. */
function isWhole(program: ProgramResult | undefined): boolean {
  return program === undefined || (program.blame.length === 0 && program.missing.length === 0)
}

function reported(requirement: RequirementText, run: RunResult, waiver: Waiver | undefined): ReportedRequirement {
  const proving = run.scenarios.filter(({ proves }) => proves.includes(requirement.id))
  const { outcome, reason } = waiver ? waivedBy(waiver) : outcomeOf(requirement, proving, run.program !== undefined)
  const evidence = SHOWN.has(outcome) ? proving.flatMap((one) => evidenceOf(one, run)) : []
  return {
    ...requirement,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(evidence.length === 0 ? {} : { evidence: [...new Set(evidence)] }),
    scenarios: [...new Set(proving.map(({ id }) => id))],
  }
}

/** Outcomes that exchanges show. */
const SHOWN: ReadonlySet<RequirementOutcome> = new Set(['kept', 'kept, partly checked', 'broken'])

/** Each sandbox numbers its exchanges from the first: of a run the scenario is named too. */
function evidenceOf({ id, steps }: ScenarioResult, { program }: RunResult): string[] {
  return steps.flatMap(({ exchanges }) =>
    exchanges.map(({ exchange, request, response, broken, at = '' }: RecordedExchange) => {
      if (exchange === undefined)
        return `${request.method} ${request.url} ${response?.status ?? broken ?? ''} ${at}`.trim()
      return program === undefined ? `${id}/${exchange}` : exchange
    }),
  )
}

/** The command that runs a scenario again with the same payloads. */
export function rerunCommand({ pack, id, seed, again }: ScenarioResult): string {
  return again ?? `jftsim run ${pack} --filter ${id} --seed ${seed}`
}
