import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSigningKeys, type KeyChain, type SigningKeys } from '../index.ts'

/**
 * Keys that survive a restart, in `folder`/keys.json, readable by their owner alone. The folder ignores itself in git.
 * Throws when the file is there and is not JSON.
 */
export function keysIn(folder: string): SigningKeys {
  const file = join(folder, 'keys.json')
  return createSigningKeys(readChain(file), (chain) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, '.gitignore'), '*\n')
    writeFileSync(`${file}.new`, JSON.stringify(chain, null, 2), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  })
}

function readChain(file: string): KeyChain {
  const text = readIfThere(file)
  if (text === undefined) return {}
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON (${(error as Error).message}). Delete it to make new keys.`)
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
