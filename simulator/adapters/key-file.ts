import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { emitWarning } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { createSigningKeys, type KeyChain, readKeyChain, type SigningKeys } from '../index.ts'

/** Where keys are kept between two runs, below the current folder. */
export const KEY_FOLDER = '.jftsim'

/** A file of keys that is there and is none; `message` names the file and the cure. */
export class KeyFileError extends Error {
  readonly found: string
  readonly cure: string

  constructor(file: string, what: string) {
    const found = `${file} ${what}`
    const cure = 'Delete it to make new keys, or put the right one back.'
    super(`${found} ${cure}`)
    this.name = 'KeyFileError'
    this.found = found
    this.cure = cure
  }
}

/** Keys of a folder, and why they are kept in memory only, where that is so. */
export interface KeptKeys {
  readonly keys: SigningKeys
  readonly warning?: string
}

/**
 * Keys that survive a restart, in `folder`/keys.json, readable by their owner alone. The folder ignores itself in git. Several
 * simulators may have the same folder: who makes a key first, makes it for all. `warn` is told where a key could not be kept
 * after all. Rejects with a `KeyFileError` when the file is there and is broken.
 */
export async function keysIn(folder: string, warn: (text: string) => void = emitWarning): Promise<KeptKeys> {
  const file = fileIn(folder)
  try {
    prepareFolder(folder)
    const kept = readChain(file)
    // What cannot be written is noticed now, and not at the first use of a key.
    await change(file, (chain) => chain)
    return { keys: createSigningKeys(kept, keeper(file, warn)) }
  } catch (error) {
    if (error instanceof KeyFileError) throw error
    return { keys: createSigningKeys(), warning: inMemory(folder, error) }
  }
}

function inMemory(folder: string, error: unknown): string {
  return `${folder} cannot be written (${(error as Error).message}): keys are kept in memory only, and are new at the next start.`
}

function fileIn(folder: string): string {
  return join(folder, 'keys.json')
}

/** What is wrong with the file of keys of a folder, where one is there. Changes nothing. */
export function faultOfKeys(folder: string): KeyFileError | undefined {
  const file = fileIn(folder)
  try {
    readChain(file)
    return undefined
  } catch (error) {
    return error instanceof KeyFileError
      ? error
      : new KeyFileError(file, `cannot be read (${(error as Error).message}).`)
  }
}

/** Makes a folder for its owner alone, which ignores itself in git. */
export function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  writeFileSync(join(folder, '.gitignore'), '*\n', { mode: 0o600 })
}

function keeper(file: string, warn: (text: string) => void) {
  return async (name: string, key: KeyChain[string]) => {
    try {
      const chain = await change(file, (others) => ({ [name]: key, ...others }))
      return chain[name] ?? key
    } catch (error) {
      warn(inMemory(file, error))
      return key
    }
  }
}

/** Milliseconds after which a change that has not ended is one of a process that died, and between two looks at it. */
const STALE = 5_000
const PAUSE = 20

/**
 * Changes the file as it is now, alone: the new file, which must not be there yet, keeps others waiting until it takes the
 * place of the old one.
 */
async function change(file: string, changed: (chain: KeyChain) => KeyChain): Promise<KeyChain> {
  const next = `${file}.new`
  const handle = await claim(next)
  try {
    const chain = changed(readChain(file))
    await handle.writeFile(JSON.stringify(chain, null, 2))
    await handle.close()
    await rename(next, file)
    return chain
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(next, { force: true })
    throw error
  }
}

async function claim(file: string) {
  for (;;) {
    try {
      return await open(file, 'wx', 0o600)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      await wait(PAUSE)
      const found = await stat(file).catch(() => undefined)
      if (found && Date.now() - found.mtimeMs > STALE) await rm(file, { force: true })
    }
  }
}

function readChain(file: string): KeyChain {
  const content = readIfThere(file)
  if (content === undefined) return {}
  const read = readKeyChain(parse(file, content))
  if ('chain' in read) return read.chain
  throw new KeyFileError(file, `has not the keys that a simulator writes: ${read.wrong} is wrong.`)
}

function parse(file: string, content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new KeyFileError(file, `is not JSON (${(error as Error).message}).`)
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
