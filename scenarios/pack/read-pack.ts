import { z } from 'zod'
import { type FileFault, FileFaults, type NamedText, readYaml, type YamlFile } from '../read-yaml.ts'
import { expandPack, type Load } from './expand.ts'
import { type Pack, packSchema } from './pack.ts'

/** Where the node at a path begins in a file. */
export type YamlFaultPlace = Pick<YamlFile<unknown>, 'placeOf'>

/** Where packs are read from a text alone, there are no other files. */
const nowhere: Load = () => {
  throw new Error('it cannot be read here: other files are read by the command line only')
}

/**
 * Reads a pack by its form alone, with its loops unrolled and what it includes in place; `checkNames` looks at what it names.
 * Throws `FileFaults`.
 */
export function readPack(file: string, text: string, load: Load = nowhere): Pack & YamlFaultPlace {
  const parse = (named: string, steps: string) => readYaml({ file: named, text: steps }, z.unknown()).value
  const { value, placeOf } = readYaml({ file, text }, packSchema, (raw) => expandPack(raw, { load, parse }))
  const lineOf = (scenario: number, step?: number) =>
    placeOf(['scenarios', scenario, ...(step === undefined ? [] : ['steps', step])]).line
  return { ...value, file, lineOf, placeOf }
}

/** Reads packs that are used together; `load` gives the files that one names. Throws `FileFaults` with all that is wrong. */
export function readPacks(
  files: readonly NamedText[],
  load?: (pack: string, path: string) => string,
): (Pack & YamlFaultPlace)[] {
  const faults: FileFault[] = []
  let more = 0
  const packs = files.flatMap(({ file, text }) => {
    try {
      return [readPack(file, text, load && ((path) => load(file, path)))]
    } catch (error) {
      if (!(error instanceof FileFaults)) throw error
      faults.push(...error.faults)
      more += error.more
      return []
    }
  })
  if (faults.length > 0) throw new FileFaults(faults, more)
  return packs
}
