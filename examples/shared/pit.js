// @ts-check
import { createHelseId } from './helseid.js'
import { createJft } from './jft.js'
import { UsageError } from './program.js'

/**
 * PIT with what every client of it needs. Both directions have one base URL, `PIT_URL`.
 * @param {import('./program.js').Settings} settings
 * @param {AbortSignal} stop ends all waiting
 */
export function connectToPit(settings, stop) {
  const url = environment('PIT_URL')
  const helseid = createHelseId(settings)
  return { helseid, jft: createJft({ readUrl: url, writeUrl: url }, helseid, stop, 'PIT') }
}

/**
 * A variable of the environment that a program for PIT needs besides the others.
 * @param {string} name
 */
export function environment(name) {
  const value = process.env[name]
  if (value) return value
  throw new UsageError(`These environment variables are missing: ${name}.`)
}
