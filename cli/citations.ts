import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pack } from '../scenarios/pack/pack.ts'
import type { RequirementFile } from '../scenarios/requirements/requirement.ts'
import type { VerifyPack } from '../scenarios/verify/verify-pack.ts'
import { DOCUMENTS, type DocumentKey, listedRules, SILENT_POINTS } from '../simulator/index.ts'

/** What has to be looked at when a document gets a new edition. */
export interface Citations {
  /** The rules, each with the services that it is the source for. */
  readonly rules: readonly { readonly rule: string; readonly services: readonly string[] }[]
  /** Names of settings for silent points. */
  readonly settings: readonly string[]
  /** Ids of requirements that quote it. */
  readonly requirements: readonly string[]
  /** `pack/scenario`, and `verify pack/judgment`, of what proves such a requirement or cites the document itself. */
  readonly packs: readonly string[]
  /** `file:line` of prose that names it by its title. */
  readonly texts: readonly string[]
}

/** The files that citations are looked for in. */
export interface CitingFiles {
  readonly requirements: readonly RequirementFile[]
  readonly packs: readonly Pack[]
  readonly verifyPacks: readonly VerifyPack[]
  readonly texts: readonly TextFile[]
}

/** A file of prose, or of code with comments. */
export interface TextFile {
  readonly file: string
  readonly lines: readonly string[]
}

/** Everything that cites a document. */
export function citationsOf(key: DocumentKey, files: CitingFiles): Citations {
  const requirements = files.requirements.flatMap((file) =>
    file.requirements.filter(({ document = file.document }) => document === key).map(({ id }) => id),
  )
  return { rules: rulesOf(key), settings: settingsOf(key), requirements, ...scenariosOf(key, requirements, files) }
}

function rulesOf(key: DocumentKey): Citations['rules'] {
  return listedRules().flatMap(({ id, sources }) => {
    const citing = Object.entries(sources).filter(([, { document }]) => document === key)
    return citing.length === 0 ? [] : [{ rule: id, services: citing.map(([service]) => service) }]
  })
}

function settingsOf(key: DocumentKey): string[] {
  const points = Object.entries(SILENT_POINTS)
  return points.filter(([, { documents }]) => documents.includes(key)).map(([name]) => name)
}

function scenariosOf(
  key: DocumentKey,
  requirements: readonly string[],
  { packs, verifyPacks, texts }: CitingFiles,
): Pick<Citations, 'packs' | 'texts'> {
  const proves = (one: { readonly proves: readonly string[] }) => one.proves.some((id) => requirements.includes(id))
  const scenarios = packs.flatMap((pack) => pack.scenarios.filter(proves).map(({ id }) => `${pack.pack}/${id}`))
  const judgments = verifyPacks.flatMap((pack) =>
    pack.requirements
      .filter((one) => one.document === key || proves(one))
      .map(({ id }) => `verify ${pack.verify}/${id}`),
  )
  return { packs: [...scenarios, ...judgments], texts: linesWith(DOCUMENTS[key].title, texts) }
}

function linesWith(title: string, texts: readonly TextFile[]): string[] {
  return texts.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (line.includes(title) ? [`${file}:${index + 1}`] : [])),
  )
}

const HERE = fileURLToPath(new URL('../', import.meta.url))
/** In the package, the code lies in dist, and what there is to read beside it. */
const ROOT = existsSync(join(HERE, 'README.md')) ? HERE : join(HERE, '..')
const FOLDERS = ['cli', 'simulator', 'scenarios', 'fixtures', 'ui/src']
const PROSE = /\.(?:md|ya?ml|tsx?)$/
/** Tests cite as data; what is generated is made again; the table itself is where a new edition is written. */
const NOT_PROSE = /\.(?:test|fixture|generated)\.tsx?$|\.d\.ts$|(?:^|\/)ground\/documents\.ts$/

/** The project's prose: its documentation, its packs, and the comments of its code where that is there. */
export function textFiles(): TextFile[] {
  const documentation = [...filesIn(ROOT, false), ...filesIn(join(ROOT, 'docs'), true)]
  const code = FOLDERS.flatMap((folder) => filesIn(join(HERE, folder), true))
  return [...documentation, ...code]
    .filter((file) => PROSE.test(file) && !NOT_PROSE.test(file.replaceAll('\\', '/')))
    .map((file) => ({ file: relative(ROOT, file), lines: readFileSync(file, 'utf8').split('\n') }))
}

function filesIn(folder: string, recursive: boolean): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true, recursive })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
