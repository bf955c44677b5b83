import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { inRoot } from './paths.mjs'

/**
 * SHA-256 (hex) over the names and contents of files and folders, given relative to the root. A path that does not
 * exist counts as empty. Contents and not modification times: a clone or a restored CI cache rewrites the times.
 * @param {readonly string[]} paths
 * @param {readonly string[]} [facts] further text that the result depends on
 */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256')
  for (const fact of facts) hash.update(`${fact}\0`)
  for (const path of paths) for (const file of filesUnder(path)) addFile(hash, file)
  return hash.digest('hex')
}

/**
 * All files at or under a path, in a stable order, tests excepted: no build output depends on them.
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const stat = statSync(inRoot(path), { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return path.endsWith('.test.ts') ? [] : [path]
  const names = readdirSync(inRoot(path)).sort()
  return names.flatMap((name) => filesUnder(`${path}/${name}`))
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addFile(hash, file) {
  const content = readFileSync(inRoot(file))
  hash.update(`${file}\0${content.length}\0`).update(content)
}
