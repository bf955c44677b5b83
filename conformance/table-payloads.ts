import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Input } from './generate/inputs.ts'

const TABLES = new URL('../scenarios/packs/verdicts.yaml', import.meta.url)

interface Tables {
  readonly scenarios: readonly { readonly id: string; readonly steps: readonly { readonly each: readonly Row[] }[] }[]
}

interface Row {
  /** Absent of bytes, which are refused before the library sees them. */
  readonly text?: string
}

/** The texts of the tables of verdicts: a row is named by its table and its number. */
export function tablePayloads(): Input[] {
  const { scenarios } = parse(readFileSync(TABLES, 'utf8')) as Tables
  return scenarios.flatMap(({ id, steps }) =>
    steps.flatMap(({ each }) =>
      each.flatMap(({ text }, index) =>
        text === undefined ? [] : [{ id: `${id}-${index + 1}`, kind: id, bytes: Buffer.from(text) }],
      ),
    ),
  )
}
