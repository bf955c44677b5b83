import { aboutFile, ownRequirementFile, type Waiver, waiverFile } from '../scenarios/reports/beside.ts'
import type { Beside, RequirementText } from '../scenarios/reports/report.ts'
import type { Language } from '../scenarios/reports/words.ts'
import { unknownName } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { requirementTexts } from './pack-files.ts'
import { tell } from './print.ts'
import { readYamlFile } from './yaml-file.ts'

/** Files that say what a run cannot know. */
export interface BesideFlags {
  readonly about?: string
  readonly requirements?: string
  readonly waivers?: string
  readonly language?: Language
}

/** What the flags' files say, and all requirements that there are with them. */
export interface BesideRun {
  readonly beside: Beside
  readonly requirements: readonly RequirementText[]
}

/** Reads the files. Throws a `CliError` with every fault of them. */
export function readBeside(flags: BesideFlags): BesideRun {
  const own = flags.requirements === undefined ? [] : readYamlFile(flags.requirements, ownRequirementFile).requirements
  const shipped = requirementTexts()
  const twice = own.find(({ id }, index) => [...shipped, ...own.slice(0, index)].some((one) => one.id === id))
  if (twice) throw new CliError(`${flags.requirements}: there is a requirement ${twice.id} already.`)
  const requirements = [...own.map(({ topic, ...one }) => (topic === undefined ? one : { ...one, topic })), ...shipped]
  const waivers = flags.waivers === undefined ? [] : waiversOf(flags.waivers, requirements)
  const about = flags.about === undefined ? {} : { about: readYamlFile(flags.about, aboutFile) }
  const language = flags.language === undefined ? {} : { language: flags.language }
  return { beside: { ...about, ...language, waivers, declared: own.map(({ id }) => id) }, requirements }
}

function waiversOf(file: string, requirements: readonly RequirementText[]): Waiver[] {
  const { waivers } = readYamlFile(file, waiverFile)
  const known = requirements.map(({ id }) => id)
  const unknown = waivers.find(({ id }) => !known.includes(id))
  if (unknown) throw new CliError(`${file}: ${unknownName('requirement', unknown.id, known)}`)
  const today = new Date().toISOString().slice(0, 10)
  for (const { id, until } of waivers)
    if (until < today) tell(`jftsim: ${file}: the waiver of ${id} ended on ${until} and counts no more.`)
  return waivers
}
