import { z } from 'zod'
import { citeText, DOCUMENTS, type DocumentKey } from '../../simulator/ground/documents.ts'
import { type FileFault, FileFaults, type NamedText, readYaml, type YamlFile } from '../read-yaml.ts'

const words = z.string().trim().min(1, 'is empty')

/** A key of the table of documents. */
export const documentKey = z.enum(Object.keys(DOCUMENTS) as [DocumentKey, ...DocumentKey[]])

const requirement = z.strictObject({
  /** Kebab-case, unique in all files, never given to another requirement. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case'),
  /** The clause of the document that demands it, in the document's words. */
  quote: words,
  /** What that demands, in own words, where the quote alone is unclear. */
  says: words.optional(),
  /** The page that has it, where the file takes several apart. */
  document: documentKey.optional(),
  /** Heading, section or page. */
  section: words,
  /** Who must keep it: a surface, or the party of a client. */
  who: z.enum(['jft-write', 'jft-read', 'pit', 'helseid', 'vkp', 'vendor', 'ehr']),
  certainty: z.enum(['documented', 'observed', 'assumed']).default('documented'),
})

const statement = z.strictObject({
  /** The sentence, or the words that a passage begins with. */
  quote: words,
  /** Why no test can prove it. */
  reason: words,
})

/** One document, taken apart into what a test can prove and what it cannot. */
export const requirementFile = z.strictObject({
  /** Key of the table of documents, which has title, edition, date and address. */
  document: documentKey,
  requirements: z.array(requirement),
  statements: z.array(statement).default([]),
})

export type RequirementFile = z.infer<typeof requirementFile>
export type Requirement = z.infer<typeof requirement>

/**
 * Reads files of requirements, in their order. Throws `FileFaults` with every fault of all files; an id that two
 * requirements have is one.
 */
export function readRequirements(texts: readonly NamedText[]): RequirementFile[] {
  const files: (YamlFile<RequirementFile> & NamedText)[] = []
  const faults: FileFault[] = []
  for (const text of texts) {
    try {
      files.push({ ...readYaml(text, requirementFile), ...text })
    } catch (error) {
      if (!(error instanceof FileFaults)) throw error
      faults.push(...error.faults)
    }
  }
  faults.push(...repeatedIds(files))
  if (faults.length > 0) throw new FileFaults(faults)
  return files.map(({ value }) => value)
}

function repeatedIds(files: readonly (YamlFile<RequirementFile> & NamedText)[]): FileFault[] {
  const places = new Map<string, string>()
  const faults: FileFault[] = []
  for (const { value, placeOf, file } of files) {
    for (const [index, { id }] of value.requirements.entries()) {
      const path = ['requirements', index, 'id']
      const place = placeOf(path)
      const first = places.get(id)
      if (first === undefined) places.set(id, `${file}:${place.line}`)
      else faults.push({ file, ...place, key: path.join('.'), message: `${first} has the id ${id} already.` })
    }
  }
  return faults
}

/** Document, section and date of a requirement in one line. */
export function sourceOf(file: RequirementFile, { document = file.document, section }: Requirement): string {
  return citeText(document, section)
}
