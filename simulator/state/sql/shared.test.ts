import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '../../adapters/database/postgres.ts'
import { openSimulator } from '../../open-simulator.ts'
import type { Simulator } from '../../simulator.ts'
import { postgresBinaries, startPostgres, type TestServer } from './database.fixture.ts'
import type { Database } from './database.ts'
import { SCHEMA_VERSION } from './schema.ts'

const binaries = postgresBinaries()
const BASE = 'http://localhost:7357'

/** Simulators of three processes on one database, as a load balancer would call them. */
describe.skipIf(binaries === undefined)(
  'three simulators on one PostgreSQL (not tried where none is installed)',
  () => {
    let server: TestServer
    let url: string
    const databases: Database[] = []
    const simulators: Simulator[] = []

    const open = async () => {
      const database = await openPostgres(url)
      databases.push(database)
      return openSimulator({}, {}, database)
    }

    beforeAll(async () => {
      server = await startPostgres(binaries ?? '')
      url = await server.newDatabase()
      simulators.push(...(await Promise.all([open(), open(), open()])))
    })

    afterAll(async () => {
      await Promise.all(databases.map((database) => database.close()))
      server.end()
    })

    let turn = 0
    const next = () => simulators[turn++ % simulators.length] as Simulator
    const call = (method: string, path: string, body?: unknown, simulator = next()) =>
      simulator.fetch(
        new Request(BASE + path, {
          method,
          headers: { 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
    const json = async (method: string, path: string, body?: unknown) => (await call(method, path, body)).json()

    test('what one does all know: clock, settings, faults, clients, robots, sandboxes', async () => {
      await call('PUT', '/_sim/clock', { mode: 'frozen', at: '2031-01-01T00:00:00Z' })
      await call('PUT', '/_sim/settings', { countMax: 17 })
      await call('PUT', '/_sim/robots/ehr', { on: true })
      await call('POST', '/_sim/sandboxes', { name: 'team' })
      for (const simulator of simulators) {
        const read = async (path: string) => (await call('GET', path, undefined, simulator)).json()
        expect(await read('/_sim/clock')).toEqual({ mode: 'frozen', now: '2031-01-01T00:00:00.000Z', rate: 1 })
        expect(simulator.world.settings.assumptions.countMax).toBe(17)
        const { robots } = (await read('/_sim/robots')) as { robots: { name: string; settings: { on: boolean } }[] }
        expect(robots.find(({ name }) => name === 'ehr')?.settings.on).toBe(true)
        const { sandboxes } = (await read('/_sim/sandboxes')) as { sandboxes: { name: string }[] }
        expect(sandboxes.map(({ name }) => name)).toEqual(['default', 'team'])
      }
      const charged = await Promise.all(simulators.map(({ isInCharge }) => isInCharge()))
      expect(charged.filter(Boolean)).toHaveLength(1)
      await call('POST', '/_sim/reset')
      expect(await json('GET', '/_sim/clock')).toMatchObject({ mode: 'running' })
      expect(await json('GET', '/_sim/clock')).toMatchObject({ mode: 'running' })
      await call('DELETE', '/_sim/sandboxes/team')
      for (const simulator of simulators)
        expect((await call('GET', '/s/team/_sim/info', undefined, simulator)).status).toBe(404)
    })

    test('identifiers of a seeded sandbox are given once', async () => {
      await call('POST', '/_sim/sandboxes', { name: 'seeded' })
      const ids: string[] = []
      for (let n = 0; n < 9; n += 1) {
        const world = await next().sandboxes.find('seeded')
        for (let m = 0; m < 20; m += 1) ids.push(world?.time.ids.uuid() ?? '')
      }
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('a reader behind the last event that it has seen misses none, and each follower is told of all', async () => {
      await call('POST', '/_sim/sandboxes', { name: 'tail' })
      const worlds = await Promise.all(simulators.map(({ sandboxes }) => sandboxes.find('tail')))
      const stores = worlds.flatMap((world) => (world ? [world.state.events] : []))
      const told = stores.map(() => new Set<string>())
      const leave = stores.map((store, at) => store.subscribe(({ record }) => void told[at]?.add(record.id)))
      const query = { where: { municipality: 'm', type: 'Composition' }, descending: false }
      const seen: string[] = []
      let after: { lastUpdated: number; id: string } | undefined
      const read = async (n: number) => {
        const page = (await stores[n % 3]?.page({ ...query, ...(after ? { above: after } : {}) }, 7)) ?? []
        after = page.at(-1) ?? after
        seen.push(...page.map(({ id }) => id))
        return page.length
      }
      const COUNT = 600
      let writing = true
      const written = Promise.all(
        Array.from({ length: COUNT }, async (_, n) => {
          const texts = { textBefore: 'x', textAfter: 'y' }
          const who = { municipality: 'm', clientId: 'vendor' }
          for (let turns = n % 17; turns > 0; turns -= 1) await new Promise(setImmediate)
          const record = { id: `id-${n}`, type: 'Composition', kind: 'alarm', ...who, ...texts, delay: 0, fails: false }
          return stores[n % 3]?.add(record as never)
        }),
      ).then((all) => {
        writing = false
        return all
      })
      for (let n = 0; writing || (await read(n)) > 0; n += 1) await read(n)
      const answers = await written
      expect(answers.every((answer) => answer !== 'full')).toBe(true)
      expect(new Set(answers.map((answer) => (answer === 'full' ? 0 : answer?.lastUpdated))).size).toBe(COUNT)
      expect([seen.length, new Set(seen).size]).toEqual([COUNT, COUNT])
      await expect.poll(() => told.map(({ size }) => size)).toEqual([COUNT, COUNT, COUNT])
      for (const stop of leave) stop()
    })

    test('proofs, requests of a window, faults and exchanges are counted once, whoever is asked', async () => {
      const worlds = (await Promise.all(simulators.map(({ sandboxes }) => sandboxes.find('default')))).flatMap(
        (world) => world ?? [],
      )
      const many = <T>(work: (world: (typeof worlds)[number]) => Promise<T>) =>
        Promise.all(Array.from({ length: 60 }, (_, n) => work(worlds[n % 3] as (typeof worlds)[number])))
      const seen = await many(({ state }) => state.replays.seen('shared-jti', 100, 200))
      expect(seen.filter((known) => !known)).toHaveLength(1)
      const counts = await many(({ state }) => state.rates.count('shared-window'))
      expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
      const opened = await many(({ state }) => state.journal.open())
      expect(new Set(opened).size).toBe(60)
      const effect = { kind: 'status', status: 503 } as const
      await worlds[0]?.state.faults.add({ match: {}, effect, times: 2, probability: 1 }, 0, 1_000)
      const visit = { surface: 'jft-read', step: 'route', method: 'GET', path: '/v1/Bundle' }
      const passage = () => ({ ordinals: new Map(), fired: new Set<string>(), spent: false })
      const fired = await many(({ state }) => state.faults.fire('x', passage(), visit, 1))
      expect(fired.flat()).toHaveLength(2)
    })

    test('without the database each surface answers 503 with Retry-After, and continues when it is back', async () => {
      expect((await call('GET', '/_sim/health')).status).toBe(200)
      server.stop('immediate')
      for (const path of ['/_sim/info', '/write/v1/Composition/1', '/read/v1/Composition', '/helseid/connect/token']) {
        const answer = await call('GET', path)
        expect([path, answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([path, 503, true])
        expect(JSON.stringify(await answer.json())).toContain('The database does not answer')
      }
      server.start()
      for (const simulator of simulators)
        await expect.poll(async () => (await call('GET', '/_sim/info', undefined, simulator)).status).toBe(200)
      await expect
        .poll(
          async () => (await Promise.all(simulators.map(({ isInCharge }) => isInCharge()))).filter(Boolean).length,
          {
            timeout: 5_000,
          },
        )
        .toBe(1)
    })

    test('a schema of a newer simulator is named, with what to do', async () => {
      const [database] = databases
      await database?.query('UPDATE jftsim.schema_version SET version = $1', [SCHEMA_VERSION + 1])
      await expect(open()).rejects.toThrow(
        `The database has schema version ${SCHEMA_VERSION + 1}, this simulator knows versions up to ${SCHEMA_VERSION}.`,
      )
      await database?.query('UPDATE jftsim.schema_version SET version = $1', [SCHEMA_VERSION])
    })
  },
)
