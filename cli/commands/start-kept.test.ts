import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { isWhole } from '../../simulator/sample.fixture.ts'
import { postgresBinaries, startPostgres } from '../../simulator/state/sql/database.fixture.ts'
import { jftsim } from '../here.fixture.ts'
import { MAIN } from '../jftsim.fixture.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-kept-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A simulator on the folder, or on what else is said, in a process that can be killed. */
async function start(keeping: readonly string[] = ['--data', join(folder, 'data')]) {
  const args = [MAIN, 'start', '--auth', 'relaxed', '--port', '0', ...keeping]
  const child = spawn(process.execPath, args)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString()
  })
  const url = await new Promise<string | undefined>((resolve) => {
    let screen = ''
    child.stdout.on('data', (part: Buffer) => {
      screen += part.toString()
      const found = /Dashboard: (http:\S+)\//.exec(screen)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => resolve(undefined))
  })
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'jftsim-municipality': '313231593' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { url, call, kill, ended, said: () => said }
}

type Running = Awaited<ReturnType<typeof start>>

async function idsOf({ call }: Running): Promise<string[]> {
  const { events } = (await (await call('GET', '/_sim/events?limit=1000')).json()) as { events: { id: string }[] }
  return events.map(({ id }) => id)
}

describe('start --data', () => {
  test('what was answered is there after each kill, once; and a second process is refused', async () => {
    const accepted: string[] = []
    for (let kills = 0; kills < (isWhole ? 3 : 1); kills += 1) {
      const running = await start()
      let going = true
      const clients = Array.from({ length: 5 }, async () => {
        while (going) {
          const answer = await running.call('POST', '/write/v1/Composition', noteFactory.build()).catch(() => undefined)
          if (answer === undefined) return
          const id = /Composition\/([^/]+)/.exec(answer.headers.get('location') ?? '')?.[1]
          if (id !== undefined) accepted.push(id)
        }
      })
      const before = accepted.length
      while (accepted.length < before + 20) await new Promise((resolve) => setTimeout(resolve, 5))
      await running.kill()
      going = false
      await Promise.all(clients)
    }
    const running = await start()
    const kept = await idsOf(running)
    expect(kept.length).toBe(new Set(kept).size)
    expect(accepted.filter((id) => !kept.includes(id))).toEqual([])
    const second = await start()
    expect([await second.ended, second.url]).toEqual([2, undefined])
    expect(second.said()).toContain('is in use by another simulator')
    await running.kill()
  })

  test('everything of a sandbox is as it was before the kill', async () => {
    const first = await start()
    await first.call('POST', '/_sim/sandboxes', { name: 'team' })
    const own = { clientId: 'own', name: 'Own', tenancy: 'multi-tenant', organization: '994598759' }
    const publicKeys = [
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    ]
    expect((await first.call('POST', '/_sim/clients', { ...own, delegations: ['313231593'], publicKeys })).status).toBe(
      201,
    )
    await first.call('PUT', '/_sim/clock', { mode: 'frozen', at: '2031-01-01T00:00:00Z' })
    await first.call('PUT', '/_sim/settings', { countMax: 17 })
    await first.call('PUT', '/_sim/routes', { routes: [{ orgnr: '313231593', vkpId: '*', mode: 'proxy' }] })
    await first.call('PUT', '/_sim/robots/response-centre', { on: false, eventsPerMinute: 7 })
    expect(
      (
        await first.call('POST', '/_sim/faults', {
          surface: 'jft-read',
          effect: { kind: 'status', status: 503 },
          times: 3,
        })
      ).status,
    ).toBe(201)
    await first.call('POST', '/_sim/sandboxes/default/snapshots/one')
    const look = async ({ call }: Running) => {
      const paths = [
        'events',
        'clients',
        'clock',
        'routes',
        'vkp/register',
        'robots',
        'faults',
        'exchanges?limit=1000',
        'rules',
      ]
      const more = ['sandboxes/default/snapshots', 'sandboxes/team']
      const read = async (path: string) => (await call('GET', `/_sim/${path}`)).text()
      const texts = await Promise.all([...paths, ...more].map(read))
      const keys = await (await call('GET', '/helseid/.well-known/openid-configuration/jwks')).text()
      return [...texts, keys].map((text) => text.replaceAll(/localhost:\d+/g, 'localhost').replace(/"now":"[^"]*"/, ''))
    }
    // The look at the keys is itself an exchange: the second look is like a third.
    await look(first)
    const before = await look(first)
    await first.kill()
    const again = await start()
    const after = await look(again)
    expect(before.join('\n')).toContain('"clientId":"own"')
    const exchanges = 7
    // Of each the first characters: what differs is to be read.
    const different = after.flatMap((text, at) => (text === before[at] || at === exchanges ? [] : [text.slice(0, 500)]))
    expect(different).toEqual([])
    expect(after[exchanges]).toContain('"sequence":1,')
    await again.kill()
  })

  test.each([
    [['--store', 'mysql://here'], 'postgres://user:password@host:5432/database'],
    [['--store', 'postgres://127.0.0.1:1/none'], 'The database does not answer'],
    [['--store', 'postgres://x/y', '--data', 'z'], 'cannot be used with'],
    [['--admin-token', 'short'], '8 or more'],
  ])('%j ends with 2, and says why', async (args, said) => {
    const { code, stderr } = await jftsim('start', '--port', '0', ...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
  })
})

const binaries = postgresBinaries()

describe.skipIf(binaries === undefined)('start --store (not tried where no PostgreSQL is installed)', () => {
  test('robots continue in another process when the one that let them work is killed', async () => {
    const server = await startPostgres(binaries ?? '')
    const store = ['--store', await server.newDatabase()]
    const first = await start(store)
    const second = await start(store)
    await first.call('PUT', '/_sim/robots/response-centre', { on: true, eventsPerMinute: 60 })
    await expect.poll(async () => (await idsOf(second)).length).toBeGreaterThan(0)
    await first.kill()
    const before = (await idsOf(second)).length
    await expect.poll(async () => (await idsOf(second)).length, { timeout: 60_000 }).toBeGreaterThan(before)
    await second.kill()
    server.end()
  }, 600_000)
})
