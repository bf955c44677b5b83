import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startServer } from '../simulator/adapters/node.ts'
import { formsOf, isSampled } from '../simulator/sample.fixture.ts'
import { withAdminToken } from './admin-token.ts'
import { jftsimWith, MAIN } from './jftsim.fixture.ts'

const TOKEN = 'only-for-us'
const ENV = { JFTSIM_ADMIN_TOKEN: TOKEN }

let running: RunningSimulator
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-admin-'))
  running = await startServer({ port: 0 }, {}, { adminToken: TOKEN })
})

afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A program that is to be judged; it does nothing but say what it was told. */
const PROGRAM = `fs.writeFileSync('said', JSON.stringify([process.env.JFT_MUNICIPALITY, process.env.JFTSIM_ADMIN_TOKEN]))`

const COMMANDS: readonly (readonly [string, (url: string) => readonly string[], number])[] = [
  ['token', (url) => ['token', '--url', url, '--orgnr', '313231593'], 0],
  ['run', (url) => ['run', 'lifecycle', '--filter', 'lifecycle-of-a-bundle', '--url', url], 0],
  ['generate', (url) => ['generate', 'note', '--post', url], 0],
  ['verify', (url) => ['verify', 'ehr', '--url', url], 1],
]

describe('a simulator that was started with an admin token', () => {
  test.each(COMMANDS.filter(([name]) => name === 'verify' || isSampled(name)))(
    '%s gives it by the flag or the environment, and says so where it has none',
    async (name, args, code) => {
      const rest = name === 'verify' ? ['--', process.execPath, '-e', PROGRAM] : []
      const call = (env: NodeJS.ProcessEnv, ...more: string[]) =>
        jftsimWith(env, folder, ...args(running.url), ...more, ...rest)
      for (const refused of [await call({}), await call({}, '--admin-token', 'some-other')]) {
        expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--admin-token')])
      }
      const ways = [() => call({}, '--admin-token', TOKEN), () => call(ENV)]
      for (const way of formsOf(`admin token of ${name}`, ways)) {
        const { code: ended, stdout, stderr } = await way()
        expect([ended, stderr.includes('admin token')]).toEqual([code, false])
        expect(stdout + stderr).not.toContain(TOKEN)
      }
    },
    120_000,
  )

  test('the program that verify runs is not told it', () => {
    expect(JSON.parse(readFileSync(join(folder, 'said'), 'utf8'))).toEqual(['313231593', null])
  })

  test('doctor knows it for a simulator', async () => {
    const { stdout } = await jftsimWith({}, folder, 'doctor', '--port', new URL(running.url).port)
    expect(stdout).toContain('a simulator (with an admin token) runs at')
  })

  test('tools of mcp use it', async () => {
    const client = new Client({ name: 'test', version: '1' })
    const args = [MAIN, 'mcp', '--url', running.url]
    await client.connect(new StdioClientTransport({ command: process.execPath, args, env: ENV, stderr: 'ignore' }))
    const { content } = await client.callTool({ name: 'sandbox', arguments: { action: 'list' } })
    await client.close()
    expect(JSON.stringify(content)).toContain('default')
  })
})

test('it is sent to the control API of that simulator, and to nothing else', async () => {
  const sent: (string | null)[] = []
  const send = withAdminToken(
    async ({ headers }) => {
      sent.push(headers.get('authorization'))
      return new Response()
    },
    TOKEN,
    ['http://localhost:1/'],
  )
  const own = { headers: { authorization: 'DPoP x' } }
  for (const path of ['/_sim/info', '/s/a/_sim/info', '/read/v1/Composition', '/x/_sim/info', '/_simple'])
    await send(new Request(`http://localhost:1${path}`))
  await send(new Request('http://localhost:1/_sim/info', own))
  await send(new Request('http://localhost:2/_sim/info'))
  expect(sent).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`, null, null, null, 'DPoP x', null])
})
