import { readPacks } from '../../../scenarios/pack/read-pack.ts'
import type { NamedText } from '../../../scenarios/read-yaml.ts'
import { readRequirements, sourceOf } from '../../../scenarios/requirements/requirement.ts'
import type { OpenPack } from './tree.ts'

// Not the tables of verdicts: they are hundreds of steps for who changes a rule.
const PACKS = import.meta.glob<string>(['../../../scenarios/packs/*.yaml', '!../../../scenarios/packs/verdicts.yaml'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const REQUIREMENTS = import.meta.glob<string>('../../../scenarios/requirements/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** The packs that come with the simulator, by name. Tests have made sure that they have no faults. */
export const SHIPPED: readonly OpenPack[] = packsIn(textsOf(PACKS))

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

/** Reads packs, and keeps their texts. Throws `FileFaults`. */
export function packsIn(texts: readonly NamedText[]): OpenPack[] {
  return readPacks(texts).map((pack, index) => ({ pack, text: texts[index]?.text ?? '' }))
}

function textsOf(files: Readonly<Record<string, string>>): NamedText[] {
  return Object.entries(files).map(([path, text]) => ({ file: path.split('/').at(-1) ?? path, text }))
}
