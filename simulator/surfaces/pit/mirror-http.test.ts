import type { Bundle, Patient } from 'fhir/r4.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../../conformance/generate/random.ts'
import { HelseId } from '../../../examples/shared/helseid.js'
import { Jft } from '../../../examples/shared/jft.js'
import type { Settings } from '../../../examples/shared/program.js'
import { type RunningSimulator, startServer } from '../../adapters/node.ts'
import { createClock } from '../../ground/clock.ts'
import { clientFile } from '../../services/clients/ready-made-clients.ts'
import { takeOver } from '../../services/pit/hand-over.ts'
import { createSimulator } from '../../simulator.ts'

const RUNS = 60
const MUNICIPALITY = '313231593'

/** A person in a version. */
const resourceOf = (person: number, version: number) => ({
  resourceType: 'Patient' as const,
  identifier: [{ system: 'urn:example:person', value: String(person) }],
  name: [{ text: String(version) }],
})

/** What a vendor has: by person the version, and the newest time. */
function createMirror() {
  const versions = new Map<string, number>()
  let newest: string | undefined
  return {
    versions,
    get newest() {
      return newest
    },
    keep({ entry = [] }: Bundle<Patient>) {
      for (const { resource } of entry) {
        versions.set(resource?.identifier?.[0]?.value ?? '', Number(resource?.name?.[0]?.text))
        newest = resource?.meta?.lastUpdated
      }
    },
  }
}

const nextOf = ({ link = [] }: Bundle) => link.find(({ relation }) => relation === 'next')?.url

/** A record system and a vendor on the wire; the vendor stops and starts again from its newest time, as it comes. */
function startOnWire(seed: number) {
  const random = new Random(seed)
  const clock = createClock(() => Date.parse('2026-01-01T12:00:00Z'))
  const pitProcessingDelayMs = random.below(2) === 0 ? 0 : random.below(50)
  const simulator = createSimulator({ auth: 'relaxed', assumptions: { pitProcessingDelayMs } }, { clock })
  const base = 'http://localhost:7357/pit/v1/Patient'
  const headers = { 'jftsim-municipality': MUNICIPALITY, 'content-type': 'application/fhir+json' }
  const truth = new Map<string, number>()
  const mirror = createMirror()
  const persons = 1 + random.below(25)
  let version = 0
  let next: string | undefined

  const write = async () => {
    const person = random.below(persons)
    version += 1
    truth.set(String(person), version)
    const body = JSON.stringify(resourceOf(person, version))
    expect((await simulator.fetch(new Request(base, { method: 'POST', headers, body }))).status).toBe(202)
  }
  const read = async () => {
    const filter = mirror.newest === undefined ? '' : `&_lastUpdated=${encodeURIComponent(`ge${mirror.newest}`)}`
    const answer = await simulator.fetch(
      new Request(next ?? `${base}?_count=${1 + random.below(7)}${filter}`, { headers }),
    )
    expect(answer.status).toBe(200)
    const page = (await answer.json()) as Bundle<Patient>
    mirror.keep(page)
    next = nextOf(page)
    return next !== undefined
  }
  const stop = () => {
    next = undefined
  }
  return { random, clock, write, read, stop, truth, mirror }
}

test(`on the wire a vendor that stops and starts has everybody's newest version, in ${RUNS} random runs`, async () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const { random, clock, write, read, stop, truth, mirror } = startOnWire(seed)
    for (let turn = 15 + random.below(40); turn > 0; turn -= 1) {
      const act = random.below(20)
      if (act < 9) await write()
      else if (act < 17) await read()
      else if (act < 18) stop()
      else clock.advance(random.below(40))
    }
    clock.advance(1_000)
    // The chain that was begun, and one from the newest time.
    while (await read());
    while (await read());
    expect(Object.fromEntries(mirror.versions), `seed ${seed}`).toEqual(Object.fromEntries(truth))
  }
})

let server: RunningSimulator

beforeAll(async () => {
  server = await startServer({ port: 0 })
})

afterAll(() => server.close())

/** openid-client and fhir-kit-client, as the sample programs have them. */
async function realClient(name: string, scope: string) {
  const { origins } = server.simulator.world.net
  const { clients, keys } = server.simulator.world.state
  const found = (await clients.list()).find((one) => one.name === name)
  if (!found) throw new Error(`There is no client ${name}.`)
  const url = origins.local.pit
  const settings = {
    ...{ authority: origins.local.helseid, readUrl: url, writeUrl: url, municipality: MUNICIPALITY, scope },
    ...{
      client: (await clientFile(keys, found, { origins: origins.local, handsOutKeys: true })) as Settings['client'],
      pollSeconds: 0,
      acknowledgedTag: '',
    },
  }
  return new Jft(settings, new HelseId(settings), new AbortController().signal)
}

const PERSONS = 5_000
const CHANGES = 500

test(`real clients: ${PERSONS} persons are mirrored while ${CHANGES} change, and nobody is lost`, async () => {
  const { world } = server.simulator
  const truth = new Map<string, number>()
  for (let person = 0; person < PERSONS; person += 1) {
    const resource = resourceOf(person, 0)
    await takeOver(world, { text: JSON.stringify(resource), resource, municipality: MUNICIPALITY, clientId: 'ehr' })
    truth.set(String(person), 0)
  }
  const ehr = await realClient('EHR-PIT', 'nhn:pit/api.write')
  const vendor = await realClient('Bruno-PIT', 'nhn:pit/api.read')
  const mirror = createMirror()
  let pages = 0

  const change = async () => {
    const random = new Random(7)
    for (let version = 1; version <= CHANGES; version += 1) {
      const person = random.below(PERSONS)
      const body = resourceOf(person, version)
      await ehr.send((options) => ehr.write.create({ resourceType: 'Patient', body, options }))
      truth.set(String(person), version)
    }
  }
  const readAll = async () => {
    const filter = mirror.newest === undefined ? {} : { _lastUpdated: `ge${mirror.newest}` }
    const searchParams = { _count: '50', ...filter }
    let page = (await vendor.send((options) =>
      vendor.read.search({ resourceType: 'Patient', searchParams, options }),
    )) as unknown as Bundle<Patient>
    for (;;) {
      pages += 1
      mirror.keep(page)
      const next = nextOf(page)
      if (next === undefined) return
      page = (await vendor.send((options) => vendor.read.request(next, { options }))) as unknown as Bundle<Patient>
    }
  }
  await Promise.all([change(), readAll()])
  await readAll()
  expect(mirror.versions.size).toBe(PERSONS)
  expect(Object.fromEntries(mirror.versions)).toEqual(Object.fromEntries(truth))
  expect(pages).toBeGreaterThanOrEqual(PERSONS / 50)
  const reads = await world.state.journal.list({ limit: 1, surface: 'pit', method: 'GET' })
  expect(reads[0]?.caller).toMatchObject({ clientName: 'Bruno-PIT', municipality: MUNICIPALITY })
})
