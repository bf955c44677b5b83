import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { CLI, inRoot } from './paths.mjs'

const COMPILED = ['cli', 'simulator', 'scenarios', 'fixtures']

/** What the compiler leaves behind: the data that is read at run time from beside the code, and the mode of the program. */
const DATA = new Set(['.json', '.yaml', '.yml'])

for (const folder of COMPILED)
  cpSync(inRoot(folder), inRoot('dist', folder), {
    recursive: true,
    filter: (path) => extname(path) === '' || DATA.has(extname(path)),
  })
chmodSync(CLI, 0o755)

/**
 * The types of R4 alone, with the declarations that name them: the package that they are from has those of all other editions
 * too, a quarter of what an install would take.
 */
const TYPES = inRoot('dist', 'fhir')
mkdirSync(TYPES, { recursive: true })
for (const file of ['r4.d.ts', 'LICENSE']) cpSync(inRoot('node_modules', '@types', 'fhir', file), join(TYPES, file))
for (const folder of COMPILED) for (const file of declarationsIn(inRoot('dist', folder))) nameOwnTypes(file)

/** @param {string} folder */
function declarationsIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** @param {string} file */
function nameOwnTypes(file) {
  const text = readFileSync(file, 'utf8')
  const own = relative(join(file, '..'), join(TYPES, 'r4.js')).replaceAll('\\', '/')
  const changed = text.replace(/(["'])fhir\/r4\.js\1/g, `$1${own}$1`)
  if (changed !== text) writeFileSync(file, changed)
}
