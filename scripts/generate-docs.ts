import { readFileSync, writeFileSync } from 'node:fs'
import { withCuts } from './docs/cuts.ts'
import { inRoot } from './paths.mjs'

/* Writes the code of docs/dotnet.md and docs/java.md anew, from the examples. Run it after a change of an example. */

for (const name of ['dotnet', 'java']) {
  const file = inRoot('docs', `${name}.md`)
  writeFileSync(file, withCuts(readFileSync(file, 'utf8')))
}
