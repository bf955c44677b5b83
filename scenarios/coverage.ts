import { documentOf } from '../simulator/ground/documents.ts'
import type { Pack } from './pack/pack.ts'
import { type RequirementFile, sourceOf } from './requirements/requirement.ts'
import type { VerifyPack } from './verify/verify-pack.ts'

/** A requirement, and what proves it. */
export interface CoveredRequirement {
  readonly id: string
  readonly document: string
  readonly quote: string
  readonly source: string
  readonly who: string
  readonly certainty: string
  /** `pack/scenario`, and `verify pack/judgment` for what a client owes. */
  readonly provedBy: readonly string[]
}

/** Which requirements are proved by which scenarios, in the order of the documents. */
export function coverageOf(
  files: readonly RequirementFile[],
  packs: readonly Pack[],
  verifyPacks: readonly VerifyPack[],
): CoveredRequirement[] {
  const proofs = [
    ...packs.flatMap(({ pack, scenarios }) => scenarios.map(({ id, proves }) => ({ name: `${pack}/${id}`, proves }))),
    ...verifyPacks.flatMap(({ verify, requirements }) =>
      requirements.map(({ id, proves }) => ({ name: `verify ${verify}/${id}`, proves })),
    ),
  ]
  return files.flatMap((file) =>
    file.requirements.map((requirement) => ({
      id: requirement.id,
      document: documentOf(file.document).title,
      quote: requirement.quote,
      source: sourceOf(file, requirement),
      who: requirement.who,
      certainty: requirement.certainty,
      provedBy: proofs.filter(({ proves }) => proves.includes(requirement.id)).map(({ name }) => name),
    })),
  )
}

/** The table for a terminal: document by document, what is not proved first of all. */
export function describeCoverage(covered: readonly CoveredRequirement[]): string {
  const documents = [...new Set(covered.map(({ document }) => document))]
  const open = covered.filter(({ provedBy }) => provedBy.length === 0)
  return [
    ...documents.flatMap((document) => {
      const own = covered.filter((one) => one.document === document)
      const proved = own.filter(({ provedBy }) => provedBy.length > 0).length
      return [`${document}: ${proved} of ${own.length} proved`, ...own.map(describeRequirement), '']
    }),
    ...(open.length === 0
      ? []
      : ['Not proved by any scenario:', ...open.map(({ id, quote }) => `  ${id}: ${quote}`), '']),
    `${covered.length - open.length} of ${covered.length} requirements are proved by at least one scenario.`,
  ].join('\n')
}

function describeRequirement({ id, quote, provedBy, certainty }: CoveredRequirement): string {
  const by = provedBy.length === 0 ? 'not proved' : provedBy.join(', ')
  const sure = certainty === 'documented' ? '' : ` (${certainty})`
  return `  ${provedBy.length === 0 ? '-' : '✓'} ${id}${sure}: ${quote.slice(0, 100)}\n      ${by}`
}
