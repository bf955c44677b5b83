import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OptionsError, startServer } from '../../simulator/adapters/entry.ts'
import { jftsim, jftsimIn } from '../here.fixture.ts'
import { MAIN, jftsim as started } from '../jftsim.fixture.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function config(value: unknown): string {
  const path = join(folder, 'config.json')
  writeFileSync(path, JSON.stringify(value))
  return path
}

/** The first screen of a simulator that is started with these variables, and ended. */
async function firstScreen(env: Record<string, string>, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [MAIN, 'start', '--ephemeral', ...args], { env: { ...process.env, ...env } })
  let text = ''
  child.stderr.on('data', (part) => {
    text += part
  })
  for await (const part of child.stdout) {
    text += part
    if (text.includes('Dashboard: ')) child.kill('SIGTERM')
  }
  return text
}

describe('options by environment variables', () => {
  test('the environment overrides the file, and a flag the environment', async () => {
    const file = config({ port: 0, auth: 'strict', environment: 'prod' })
    const env = { JFTSIM_CONFIG: file, JFTSIM_AUTH: 'relaxed', JFTSIM_ENVIRONMENT: 'prod' }
    expect(await firstScreen(env, '--environment', 'test')).toContain('test environment, auth relaxed')
  })

  test('the public URL is what clients are told', async () => {
    const screen = await firstScreen({ JFTSIM_PORT: '0', JFTSIM_PUBLIC_URL: 'https://jft.example' })
    expect(screen).toContain('HelseID authority   https://jft.example/helseid')
    expect(screen).toContain('Dashboard: https://jft.example/')
  })

  test.each([
    ['JFTSIM_PORT', 'abc', '--port'],
    ['JFTSIM_PORT', '70000', '--port'],
    ['JFTSIM_AUTH', 'loose', '--auth'],
    ['JFTSIM_ENVIRONMENT', 'qa', '--environment'],
    ['JFTSIM_PUBLIC_URL', 'jft.example', 'publicUrl'],
    ['JFTSIM_CONFIG', '/nowhere.json', '/nowhere.json'],
    ['JFTSIM_PROT', '1', 'Did you mean JFTSIM_PORT?'],
  ])('%s=%s is named, and nothing starts', async (name, value, said) => {
    process.env[name] = value
    try {
      const { code, stderr, stdout } = await jftsim('start', '--ephemeral')
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(said)
    } finally {
      delete process.env[name]
    }
  })
})

describe('wrong options start nothing', () => {
  test.each([[[]], [null], ['x'], [1]])('a config file with %j alone', async (value) => {
    const { code, stderr } = await jftsim('start', '--config', config(value))
    expect([code, stderr]).toEqual([2, expect.stringContaining('must hold one JSON object of options')])
  })

  test.each([
    [{ port: 'abc' }, 'port'],
    [{ port: -1 }, 'port'],
    [{ port: 1.5 }, 'port'],
    [{ port: 70_000 }, 'port'],
    [{ prot: 1 }, 'prot: There is no such option. Did you mean port?'],
    [{ limits: { eventByte: 1 } }, 'limits.eventByte: There is no such option. Did you mean eventBytes?'],
    [{ publicUrl: 'https://jft.example/path' }, 'publicUrl: must be scheme, host and port alone'],
    [{ publicUrl: 'https://me:secret@jft.example' }, 'publicUrl: must be scheme, host and port alone'],
    [{ publicUrl: 'ftp://jft.example' }, 'publicUrl: must be an http or https URL'],
  ])('%j', async (options, said) => {
    const { code, stderr } = await jftsim('start', '--config', config(options))
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
    await expect(startServer(options as object)).rejects.toThrow(OptionsError)
    expect(existsSync('abc')).toBe(false)
  })

  test('a port that another program has: said with the way out', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const { code, stderr } = await started('start', '--ephemeral', '--port', String(port))
    other.close()
    expect([code, stderr]).toEqual([2, expect.stringContaining('npm start -- --port')])
  })
})

describe('wrong use ends with 2, whichever the command', () => {
  test.each([
    ['start --prot 1'],
    ['nope'],
    ['run --fitler x'],
    ['run --repeat x'],
    ['run --repeat 0'],
    ['run --seed'],
    ['verify'],
    ['verify ehr --events abc -- true'],
    ['generate'],
    ['check'],
    ['check --nope x.json'],
    ['rules --nope'],
    ['documents --nope'],
    ['coverage --nope'],
    ['mutate --nope'],
    ['token --nope'],
  ])('jftsim %s', async (line) => {
    const { code, stderr } = await jftsim(...line.split(' '))
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(2)
  })
})

/** Starts a simulator in a folder of its own, and gives its first screen and what `ask` makes of it before it ends. */
async function inFolder<T>(at: string, args: readonly string[], ask: (url: string) => Promise<T>) {
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', ...args], { cwd: at })
  let screen = ''
  let asked: T | undefined
  for await (const part of child.stdout) {
    screen += part
    const url = /Dashboard: (\S+?)\/\n/.exec(screen)?.[1]
    if (url === undefined || asked !== undefined) continue
    asked = await ask(url.replace('0.0.0.0', '127.0.0.1'))
    child.kill('SIGTERM')
  }
  return { screen, asked }
}

/** A key of HelseID's, which is made at its first use. */
async function firstKey(url: string): Promise<unknown> {
  return (await fetch(`${url}/helseid/.well-known/openid-configuration/jwks`)).json()
}

describe('what is kept for the next start', () => {
  test('keys are, for their owner alone, and it says what is not', async () => {
    const at = mkdtempSync(join(folder, 'kept-'))
    const first = await inFolder(at, [], firstKey)
    expect(first.screen).toContain('Kept for the next start: the keys, in .jftsim.')
    expect(first.screen).toMatch(/NOT kept: events, clients registered .*VKP routes and register, changed settings/)
    expect((await inFolder(at, [], firstKey)).asked).toEqual(first.asked)
    const modes = ['.jftsim', '.jftsim/keys.json'].map((name) => (statSync(join(at, name)).mode & 0o777).toString(8))
    expect(modes).toEqual(['700', '600'])
  })

  test('nothing is where the folder cannot be used: it says so, and the first use of a key is good', async () => {
    const at = mkdtempSync(join(folder, 'kept-'))
    writeFileSync(join(at, '.jftsim'), 'x')
    const { screen, asked } = await inFolder(at, [], firstKey)
    expect(screen).toContain('Kept for the next start: nothing.')
    expect(screen).toMatch(/Warning: \.jftsim cannot be written \(.*keys are kept in memory only/)
    expect(asked).toMatchObject({ keys: [{ kty: 'RSA' }] })
  })

  test.each(['', 'null', '{"helseid":{}}', '{"helseid":'])(
    'a key file with %o ends the start with its name',
    async (text) => {
      const at = mkdtempSync(join(folder, 'kept-'))
      mkdirSync(join(at, '.jftsim'))
      writeFileSync(join(at, '.jftsim', 'keys.json'), text)
      const { code, stdout, stderr } = await jftsimIn(at, 'start', '--port', '0')
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^jftsim: \.jftsim.keys\.json .*Delete it to make new keys/)
      expect(stderr).not.toContain('    at ')
    },
  )
})

describe('a simulator that other machines can reach', () => {
  const files = async (url: string) => {
    const { clients } = (await (await fetch(`${url}/_sim/clients`)).json()) as { clients: { clientId: string }[] }
    return Promise.all(clients.map(async ({ clientId }) => (await fetch(`${url}/_sim/clients/${clientId}`)).text()))
  }

  test('gives no private key out, and says so', async () => {
    const { screen, asked } = await inFolder(folder, ['--ephemeral', '--host', '0.0.0.0'], files)
    expect(screen).toMatch(/Warning: bound to 0\.0\.0\.0, .* but gets no private keys\./)
    expect(asked?.length).toBeGreaterThan(5)
    for (const file of asked ?? []) expect(file).not.toMatch(/privateJwk|rsaPrivateKey|"d"/)
  })

  test('does where it is told to', async () => {
    const { screen, asked } = await inFolder(folder, ['--ephemeral', '--host', '0.0.0.0', '--hand-out-keys'], files)
    expect(screen).toContain('takes the private keys')
    // Those of NHN's samples are known by their public keys.
    expect(asked?.filter((file) => !file.includes('privateJwk')).length).toBe(3)
  })
})
