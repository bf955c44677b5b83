import { isAbsolute, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunResult, ScenarioResult } from '../scenarios/runner/result.ts'
import { posixWord } from '../simulator/ground/text/shell.ts'
import { shippedPacks } from './pack-files.ts'

/** The folder that `scenarios/` is in: of the sources, or of what is compiled. */
const PACKAGE = fileURLToPath(new URL('../', import.meta.url))

/** Where a run took place, as its flags say. */
interface Where {
  readonly url?: string
  readonly target?: string
  readonly requirements?: string
}

/** The run with files as others know them, and with commands that play each scenario again at the same place. */
export function shownIn(run: RunResult, where: Where): RunResult {
  const scenarios = run.scenarios.map((one) => ({ ...one, again: againOf(one, where), file: shownFile(one.file) }))
  return { ...run, scenarios }
}

/** Below the package for what is shipped, below the current folder for what is there. */
export function shownFile(file: string): string {
  const shipped = isAbsolute(file) ? relative(PACKAGE, file) : '..'
  const own = relative(process.cwd(), file)
  const found = [shipped, own].find((path) => !path.startsWith('..') && !isAbsolute(path)) ?? file
  return found.replaceAll('\\', '/')
}

function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : posixWord(word)
}

function againOf({ pack, file, id, seed }: ScenarioResult, { url, target, requirements }: Where): string {
  const isShipped = shippedPacks().includes(pack) && isAbsolute(file) && !relative(PACKAGE, file).startsWith('..')
  const words = [
    'run',
    isShipped ? pack : file,
    ...['--filter', id, '--seed', seed],
    ...(url === undefined ? [] : ['--url', url]),
    ...(target === undefined ? [] : ['--target', target]),
    ...(requirements === undefined ? [] : ['--requirements', requirements]),
  ]
  return ['jftsim', ...words.map(inShell)].join(' ')
}
