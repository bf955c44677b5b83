import { spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CLI, ROOT } from './paths.mjs'
import { build, capture } from './process.mjs'

const IMAGE = 'jft-simulator'
/** The name by which other containers call it, in `compose.yaml` too. */
const NAME = 'jftsim'
/** Times that it is asked whether it is well, a second between them. */
const LOOKS = 60

/**
 * The optional job for the container: builds the image by the `Dockerfile` with Docker or Podman, starts it as `compose.yaml`
 * does, and looks whether it is well, is not root, answers by its names only, and takes an event.
 * @param {string[]} args `--if-found`: where there is no engine, say so and succeed. What else there is goes to its build
 * @returns {Promise<number>} the exit code
 */
export async function image(args) {
  const engine = ['docker', 'podman'].find((name) => spawnSync(name, ['info'], { stdio: 'ignore' }).status === 0)
  if (engine === undefined) {
    console.error('No container engine (docker, podman) answers: the image was not built.')
    return args.includes('--if-found') ? 0 : 1
  }
  await build()
  // Otherwise Podman makes one that cannot have a health check.
  const format = engine === 'podman' ? ['--format', 'docker'] : []
  const own = args.filter((name) => name !== '--if-found')
  await must(engine, ['build', ...format, ...own, '-t', IMAGE, '.'])
  const port = await freePort()
  const container = `${IMAGE}-${port}`
  await must(engine, ['run', '--detach', '--name', container, ...published(port), ...environment(port), IMAGE])
  try {
    return await tryOut(engine, container, port)
  } finally {
    await must(engine, ['rm', '--force', container])
  }
}

/** @param {number} port */
const published = (port) => ['--publish', `127.0.0.1:${port}:${port}`]

/** @param {number} port */
function environment(port) {
  const variables = {
    JFTSIM_PORT: port,
    JFTSIM_PUBLIC_URL: `http://${NAME}:${port}`,
    JFTSIM_HAND_OUT_KEYS: 'true',
  }
  return Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`])
}

/**
 * @param {string} engine
 * @param {string} container
 * @param {number} port
 */
async function tryOut(engine, container, port) {
  await becomesWell(engine, container)
  expect('user', await must(engine, ['exec', container, 'id', '-u']), '1000')
  for (const [host, status] of Object.entries({ localhost: 200, [NAME]: 200, elsewhere: 421 }))
    expect(`HEAD as ${host}`, await healthAs(`${host}:${port}`, port), status)
  const scenario = ['jft-write', '--filter', 'write-accepts-a-note', '--url', `http://localhost:${port}`]
  const { code, output } = await capture(process.execPath, [CLI, 'run', ...scenario])
  if (code !== 0 || !output.includes('1 passed, 0 failed')) throw new Error(output)
  console.log(`${IMAGE}, by ${engine}: it is well, is not root, answers by its names only, and took an event.`)
  return 0
}

/**
 * By the image's own health check. Without systemd, Podman does not run it on its own.
 * @param {string} engine
 * @param {string} container
 */
async function becomesWell(engine, container) {
  for (let look = 0; look < LOOKS; look += 1) {
    if (engine === 'podman') await capture('podman', ['healthcheck', 'run', container])
    const { output } = await capture(engine, ['inspect', '--format', '{{.State.Health.Status}}', container])
    if (output.includes('healthy') && !output.includes('unhealthy')) return
    await sleep(1_000)
  }
  throw new Error(`The container is not well:\n${await must(engine, ['logs', container])}`)
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<number | undefined>} the status
 */
function healthAs(host, port) {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path: '/_sim/health', method: 'HEAD', headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.once('error', reject).end()
  })
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} expected
 */
function expect(what, found, expected) {
  if (found !== expected) throw new Error(`${what}: ${found}, not ${expected}.`)
}

/** @param {string} engine @param {string[]} args */
async function must(engine, args) {
  const { code, output } = await capture(engine, args, { cwd: ROOT })
  if (code !== 0) throw new Error(`${engine} ${args[0]} failed:\n${output}`)
  return output.trim()
}
