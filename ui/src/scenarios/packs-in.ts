import { readPacks } from '../../../scenarios/pack/read-pack.ts'
import type { NamedText } from '../../../scenarios/read-yaml.ts'
import type { OpenPack } from './tree.ts'

/** Reads packs, and keeps their texts. Throws `FileFaults`. */
export function packsIn(texts: readonly NamedText[]): OpenPack[] {
  return readPacks(texts).map((pack, index) => ({ pack, text: texts[index]?.text ?? '' }))
}

/** Files of the project, by their names. */
export function textsOf(files: Readonly<Record<string, string>>): NamedText[] {
  return Object.entries(files).map(([path, text]) => ({ file: path.split('/').at(-1) ?? path, text }))
}
