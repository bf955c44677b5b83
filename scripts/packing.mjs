import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const FILE = inRoot('package.json')
/** The file as it is kept, while a package is made. */
const KEPT = inRoot('.package.json.kept')

/**
 * Takes `prepare` out of package.json, which is to go into a package: what it builds is in there already, and npm, which does
 * not run it for who installs the file, warns of it all the same.
 */
export function leavePrepareOut() {
  // What an interrupted packing has left.
  keepPrepare()
  const text = readFileSync(FILE, 'utf8')
  writeFileSync(KEPT, text)
  writeFileSync(FILE, text.replace(/^ *"prepare": .*\n/m, ''))
}

/** Puts package.json back, after a package was made. */
export function keepPrepare() {
  if (existsSync(KEPT)) renameSync(KEPT, FILE)
}
