import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { collectionFiles } from './bruno/collection.ts'
import { inRoot } from './paths.mjs'

/* Rewrites the Bruno collection of examples/bruno, from the routes. Run it after a change of an endpoint. */

const TARGET = inRoot('examples', 'bruno')

rmSync(TARGET, { recursive: true, force: true })
for (const [path, text] of collectionFiles()) {
  const file = join(TARGET, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
