import { readFileSync, writeFileSync } from 'node:fs'
import { withCuts } from './docs/cuts.ts'
import { inRoot } from './paths.mjs'

/* Rewrites the code of docs/dotnet.md, docs/java.md and docs/javascript.md, from the examples. Run it after a change of an example. */

for (const name of ['dotnet', 'java', 'javascript']) {
  const file = inRoot('docs', `${name}.md`)
  writeFileSync(file, withCuts(readFileSync(file, 'utf8')))
}
