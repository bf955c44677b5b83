import { chmodSync, cpSync } from 'node:fs'
import { extname } from 'node:path'
import { CLI, inRoot } from './paths.mjs'

/** What the compiler leaves behind: the data that is read at run time from beside the code, and the mode of the program. */
const DATA = new Set(['.json', '.yaml', '.yml'])

for (const folder of ['cli', 'simulator', 'scenarios', 'fixtures'])
  cpSync(inRoot(folder), inRoot('dist', folder), {
    recursive: true,
    filter: (path) => extname(path) === '' || DATA.has(extname(path)),
  })
chmodSync(CLI, 0o755)
