import { writeFileSync } from 'node:fs'
import { packJsonSchema } from '../scenarios/pack/pack.ts'

/** Writes the JSON Schema of scenario packs, for editors. */
writeFileSync(
  new URL('../scenarios/pack.schema.json', import.meta.url),
  `${JSON.stringify(packJsonSchema(), null, 2)}\n`,
)
