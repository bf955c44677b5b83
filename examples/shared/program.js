// @ts-check
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** What the environment says, under the names of `VARIABLES`. */
const VARIABLES = {
  authority: 'HELSEID_AUTHORITY',
  writeUrl: 'JFT_WRITE_URL',
  readUrl: 'JFT_READ_URL',
  clientFile: 'JFT_CLIENT_FILE',
  municipality: 'JFT_MUNICIPALITY',
  scope: 'JFT_SCOPE',
  pollSeconds: 'JFT_POLL_SECONDS',
}

/** What the programs for PIT need besides. */
const OF_PIT = { pitUrl: 'PIT_URL', personsUrl: 'PIT_PERSONS_URL' }

/** Nobody documents the tag of an acknowledged event: ask NHN, and set JFT_ACKNOWLEDGED_TAG. */
const ASSUMED_TAG = 'https://fhir.jft.nhn.no/journaling-acknowledged|true'

/**
 * @typedef {object} Settings
 * @property {string} authority base URL of HelseID
 * @property {string} writeUrl base URL of the WriteAPI, without a trailing slash
 * @property {string} readUrl base URL of the ReadAPI, without a trailing slash
 * @property {{ clientId: string, privateJwk: string }} client of the file that HelseID's self-service gives
 * @property {string} municipality organisation number, `orgnr_parent`
 * @property {string} scope
 * @property {number} pollSeconds least seconds between two polls
 * @property {string} acknowledgedTag `system|code`
 * @property {string | undefined} [pitUrl] base URL of PIT, without a trailing slash
 * @property {string | undefined} [personsUrl] where the record system's own persons are
 */

/** The program was started in a wrong way; the message says what to mend. */
export class UsageError extends Error {}

/**
 * Runs a program and sets its exit code: 0 when it did all, 1 when it gave up something, 2 when it was started in a wrong
 * way. `stop` is aborted by SIGTERM and Ctrl-C.
 * @template {string} N
 * @param {readonly N[]} options names; `until-empty` is a flag, the others take a value
 * @param {(settings: Settings, values: { [K in N]?: string | boolean }, stop: AbortSignal) => Promise<boolean>} main
 */
export async function runProgram(options, main) {
  const stop = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT']) process.once(name, () => stop.abort())
  try {
    const did = await main(readSettings(process.env), readOptions(options), stop.signal)
    process.exitCode = did ? 0 : 1
  } catch (error) {
    const why = stop.signal.aborted ? 'stopped before all was done' : /** @type {Error} */ (error).message
    console.error(error instanceof UsageError ? why : `gave up: ${why}`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/**
 * An address that the programs for PIT need. Throws a `UsageError` where it was not told.
 * @param {Settings} settings
 * @param {keyof typeof OF_PIT} name
 */
export function requireUrl(settings, name) {
  const url = settings[name]
  if (!url) throw new UsageError(`This environment variable is missing: ${OF_PIT[name]}.`)
  return url
}

/** One line for one thing done. @param {string} line */
export function say(line) {
  console.log(`${new Date().toISOString()} ${line}`)
}

/**
 * @param {string} name
 * @param {string | boolean | undefined} value
 * @param {number} preset
 */
export function numberOf(name, value, preset) {
  const number = value === undefined ? preset : Number(value)
  if (value !== '' && number >= 0 && number < Number.POSITIVE_INFINITY) return number
  throw new UsageError(`${name} must be a number from 0, not ${JSON.stringify(value)}.`)
}

/**
 * @template {string} N
 * @param {readonly N[]} names
 */
function readOptions(names) {
  /** @type {(name: N) => 'boolean' | 'string'} */
  const typeOf = (name) => (name === 'until-empty' ? 'boolean' : 'string')
  const options = Object.fromEntries(names.map((name) => [name, { type: typeOf(name) }]))
  try {
    return /** @type {{ [K in N]?: string | boolean }} */ (parseArgs({ options }).values)
  } catch (error) {
    throw new UsageError(
      `${/** @type {Error} */ (error).message}\nOptions: ${names.map((name) => `--${name}`).join(', ')}`,
    )
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 */
function readSettings(env) {
  const missing = Object.values(VARIABLES).filter((name) => !env[name])
  if (missing.length > 0) throw new UsageError(`These environment variables are missing: ${missing.join(', ')}.`)
  const value = (/** @type {keyof typeof VARIABLES} */ name) => env[VARIABLES[name]] ?? ''
  return {
    authority: value('authority'),
    writeUrl: value('writeUrl'),
    readUrl: value('readUrl'),
    client: readClient(value('clientFile')),
    municipality: value('municipality'),
    scope: value('scope'),
    pollSeconds: numberOf(VARIABLES.pollSeconds, value('pollSeconds'), 0),
    acknowledgedTag: env.JFT_ACKNOWLEDGED_TAG ?? ASSUMED_TAG,
    pitUrl: env[OF_PIT.pitUrl],
    personsUrl: env[OF_PIT.personsUrl],
  }
}

/** @param {string} file */
function readClient(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${VARIABLES.clientFile}: ${/** @type {Error} */ (error).message}`)
  }
}
