import { readRequirements, sourceOf } from '../../../scenarios/requirements/requirement.ts'
import { textsOf } from './packs-in.ts'

const REQUIREMENTS = import.meta.glob<string>('../../../scenarios/requirements/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** What the documents demand, document by document. */
export const REQUIREMENT_FILES = readRequirements(textsOf(REQUIREMENTS))

/** A requirement with its source in one line. */
export interface SourcedRequirement {
  readonly id: string
  readonly quote: string
  readonly says?: string | undefined
  readonly source: string
  readonly certainty: 'documented' | 'observed' | 'assumed'
}

/** The same by id. */
export const REQUIREMENTS_BY_ID: ReadonlyMap<string, SourcedRequirement> = new Map(
  REQUIREMENT_FILES.flatMap((file) =>
    file.requirements.map((one): [string, SourcedRequirement] => [one.id, { ...one, source: sourceOf(file, one) }]),
  ),
)
