import { type FileFault, FileFaults, type NamedText, readYaml, type YamlFile } from '../read-yaml.ts'
import { type Pack, packSchema } from './pack.ts'

/** Where the node at a path begins in a file. */
export type YamlFaultPlace = Pick<YamlFile<unknown>, 'placeOf'>

/** Reads a pack by its form alone; `checkNames` looks at what it names. Throws `FileFaults`. */
export function readPack(file: string, text: string): Pack & YamlFaultPlace {
  const { value, placeOf } = readYaml({ file, text }, packSchema)
  const lineOf = (scenario: number, step?: number) =>
    placeOf(['scenarios', scenario, ...(step === undefined ? [] : ['steps', step])]).line
  return { ...value, file, lineOf, placeOf }
}

/** Reads packs that are used together. Throws `FileFaults` with what is wrong in any of them. */
export function readPacks(files: readonly NamedText[]): (Pack & YamlFaultPlace)[] {
  const faults: FileFault[] = []
  const packs = files.flatMap(({ file, text }) => {
    try {
      return [readPack(file, text)]
    } catch (error) {
      if (!(error instanceof FileFaults)) throw error
      faults.push(...error.faults)
      return []
    }
  })
  if (faults.length > 0) throw new FileFaults(faults)
  return packs
}
