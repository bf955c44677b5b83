import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

const DEFAULT_PORT = 7357

/**
 * What to say when another program listens where `start` with these arguments would: before a minute goes into installing
 * and building. Undefined when the port is free, or the arguments are not understood: `start` itself words those.
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>}
 */
export async function takenPort(args) {
  const port = Number(optionOf(args, 'port') ?? process.env.JFTSIM_PORT ?? configuredPort(args) ?? DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || (await isFree(port))) return undefined
  return `Another program listens at port ${port}. Choose another: npm start -- --port ${port + 1}, or JFTSIM_PORT.`
}

/**
 * @param {readonly string[]} args
 * @param {string} name
 */
function optionOf(args, name) {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  return args[at]?.includes('=') ? args[at].split('=')[1] : at < 0 ? undefined : args[at + 1]
}

/**
 * @param {readonly string[]} args
 * @returns {unknown}
 */
function configuredPort(args) {
  try {
    return JSON.parse(readFileSync(optionOf(args, 'config') ?? process.env.JFTSIM_CONFIG ?? '', 'utf8')).port
  } catch {
    return undefined
  }
}

/** @param {number} port */
function isFree(port) {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code !== 'EADDRINUSE'))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
