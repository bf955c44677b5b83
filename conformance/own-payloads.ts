import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type Value } from './generate/document.ts'

/** Larger ones would take most of the time for few differences more. */
const LARGEST_BYTES = 65_536

/** The payloads of a folder: all `*.json` below it that are JSON and not too large. Throws where there is no such folder. */
export function ownPayloads(folder: string): readonly Value[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const texts = files.map((file) => readFileSync(file)).filter(({ length }) => length <= LARGEST_BYTES)
  return texts.flatMap((text) => parse(text.toString()) ?? [])
}
