import { existsSync, readFileSync } from 'node:fs'
import type { Bundle, CarePlan, Composition, EpisodeOfCare, OperationOutcome, Patient } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { alarmFactory, dispensingFactory, noteFactory } from '../../../fixtures/index.ts'
import { validateStrict } from '../../rules/fhir/strict.ts'
import { realIdentityNumber } from '../../rules/identifiers.fixture.ts'
import { startJft } from '../jft.fixture.ts'

const BASE = 'http://localhost:7357/ehr'
const HESTESKO = '02850097219'
const ALL = 'rt,ta,gps,md,dt,dho'

function startEhr() {
  const { simulator, clock } = startJft()
  clock.freeze(Date.parse('2026-03-02T12:15:00Z'))
  const call = (path: string, init?: RequestInit) => simulator.fetch(new Request(BASE + path, init))
  const post = (path: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
    call(path, { method: 'POST', headers, body })
  const search = (type: string, form: [string, string][], serviceCodes = ALL) =>
    post(`/epj/r4/312229544/${type}/_search`, new URLSearchParams(form), { servicecodes: serviceCodes })
  return {
    simulator,
    clock,
    call,
    post,
    search,
    bundle: async (...args: Parameters<typeof search>) => (await (await search(...args)).json()) as Bundle,
    async codes(...args: Parameters<typeof search>) {
      const answer = await search(...args)
      const { issue } = (await answer.json()) as OperationOutcome
      return [answer.status, ...issue.map(({ details }) => details?.coding?.[0]?.code)]
    },
  }
}

const by = (identifier: string): [string, string] => ['patient.identifier', identifier]
const dates = (from: string, to: string): [string, string][] => [
  ['date', `ge${from}`],
  ['date', `le${to}`],
]
const MARCH = dates('2026-02-01T00:00:00Z', '2026-03-31T23:59:59Z')

const SEARCHES: [type: string, form: (person: string) => [string, string][]][] = [
  ['patient', (person) => [['identifier', person]]],
  ['episodeofcare', (person) => [by(person)]],
  ['careplan', (person) => [by(person), ...MARCH]],
  ['composition', (person) => [by(person), ...MARCH]],
  ['condition', (person) => [by(person)]],
  ['allergyintolerance', (person) => [['identifier', person]]],
  ['medicationstatement', (person) => [by(person)]],
]

describe.each(SEARCHES)('the search for %s', (type, form) => {
  test('answers valid R4 for everybody, about nobody else', async () => {
    const { simulator, search } = startEhr()
    for (const { person, services } of await simulator.world.state.population.list()) {
      if (services.every(({ status }) => status !== 'active')) continue
      const answer = await search(type, form(person.identityNumber))
      const text = await answer.text()
      expect(validateStrict(text).issues).toEqual([])
      expect(answer.status).toBe(200)
      const numbers = new Set(text.match(/(?<="urn:oid:2\.16\.578\.1\.12\.4\.1\.4\.1","value":")\d{11}/g))
      expect([...numbers].filter((number) => number !== person.identityNumber)).toEqual([])
    }
  })

  test('finds something of HESTESKO, counted without what comes along', async () => {
    const { bundle } = startEhr()
    const { total, entry = [] } = await bundle(type, form(HESTESKO))
    const matches = entry.filter(({ search }) => search?.mode === 'match')
    expect(matches.length).toBeGreaterThan(0)
    expect(total).toBe(matches.length)
    expect(matches.map(({ resource }) => resource?.resourceType.toLowerCase())).toEqual(matches.map(() => type))
  })

  test('refuses HESTESKO with 1.3 for a service that has ended', async () => {
    expect(await startEhr().codes(type, form(HESTESKO), 'gps')).toEqual([400, '1.3'])
  })

  test('finds nothing of a synthetic person whom the EHR does not know', async () => {
    expect(await startEhr().bundle(type, form('11845599620'))).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
    })
  })
})

describe('lists', () => {
  test('have those with an active service among the codes', async () => {
    const { bundle } = startEhr()
    const names = async (codes: string) =>
      ((await bundle('patient', [], codes)).entry ?? []).map(({ resource }) => (resource as Patient).name?.[0]?.family)
    expect(await names('ta')).toEqual(['HESTESKO', 'LYSESTAKE'])
    expect(await names('GPS')).toEqual(['FISKESNØRE'])
    expect(await names(ALL)).toEqual(['HESTESKO', 'TELYS', 'LYSESTAKE', 'FISKESNØRE', 'TREKKSPILL'])
  })

  test('of episodes have the services that were asked for, and the patients', async () => {
    const { entry = [] } = await startEhr().bundle('episodeofcare', [], 'md')
    const episodes = entry.flatMap(({ resource, search }) =>
      search?.mode === 'match' ? (resource as EpisodeOfCare) : [],
    )
    expect(episodes.map(({ type, patient }) => [type?.[0]?.text, patient.display])).toEqual([
      ['Medisinering i hjemmet', 'NONFIGURATIV HESTESKO'],
      ['Medisinering i hjemmet', 'SINDIG LYSESTAKE'],
      ['Medisinering i hjemmet', 'LUN TREKKSPILL'],
    ])
    expect(entry.filter(({ search }) => search?.mode === 'include')).toHaveLength(3)
  })
})

describe('dates', () => {
  const visitsIn = async (from: string, to: string) => {
    const { entry } = await startEhr().bundle('careplan', [by(HESTESKO), ...dates(from, to)])
    const plan = entry?.[0]?.resource as CarePlan | undefined
    return plan?.activity?.map(({ detail }) => [detail?.scheduledPeriod?.start, detail?.status])
  }

  test('narrow the visits; what has ended is completed', async () => {
    expect(await visitsIn('2026-03-02T07:00:00Z', '2026-03-02T20:00:00+00:00')).toEqual([
      ['2026-03-02T07:30:00+00:00', 'completed'],
      ['2026-03-02T12:00:00+00:00', 'scheduled'],
      ['2026-03-02T18:00:00+00:00', 'scheduled'],
    ])
  })

  test('far away have no plan', async () => expect(await visitsIn('2020-01-01', '2020-12-31')).toBeUndefined())

  test('of an action plan are those of its last revision, which goes with the clock', async () => {
    const { clock, bundle } = startEhr()
    const revision = async () => {
      const day = (offset: number) => new Date(clock.now() + offset * 86_400_000).toISOString()
      const { entry } = await bundle('composition', [by(HESTESKO), ...dates(day(-28), day(0))])
      return (entry?.[0]?.resource as Composition | undefined)?.date ?? ''
    }
    const first = await revision()
    clock.advance(28 * 86_400_000)
    expect(Date.parse(await revision()) - Date.parse(first)).toBe(28 * 86_400_000)
  })
})

describe('refusals', () => {
  test.each<[string, [number, string], Parameters<ReturnType<typeof startEhr>['search']>]>([
    ['no service code', [400, '2.3'], ['patient', [], '']],
    ['an unknown service code', [400, '2.4'], ['patient', [], 'ta,xx']],
    ['no identifier where one is needed', [400, '2.3'], ['condition', []]],
    ['two identifiers', [400, '2.3'], ['condition', [by(HESTESKO), by(HESTESKO)]]],
    ['a number with a wrong control digit', [400, '2.1'], ['condition', [by('02850097218')]]],
    ['a date that is none', [400, '2.4'], ['careplan', [by(HESTESKO), ...dates('2026-02-30', '2026-03-01')]]],
  ])('%s', async (_name, expected, search) => {
    expect(await startEhr().codes(...search)).toEqual(expected)
  })

  test('an organisation number with other than nine digits is 2.2', async () => {
    const answer = await startEhr().post('/epj/r4/31222954/patient/_search', '')
    const { issue } = (await answer.json()) as OperationOutcome
    expect([answer.status, issue[0]?.details?.coding?.[0]?.code]).toEqual([400, '2.2'])
  })

  test('another resource is a 404; letter case does not matter', async () => {
    const { search } = startEhr()
    expect((await search('appointment', [])).status).toBe(404)
    expect((await search('constructor', [])).status).toBe(404)
    expect((await search('Patient', [])).status).toBe(200)
  })
})

interface Note {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly text: string
  readonly patient: unknown
  readonly source: unknown
}

describe('journal notes', () => {
  const notes = async ({ call }: ReturnType<typeof startEhr>) =>
    ((await (await call('/journal/312229544')).json()) as { notes: Note[] }).notes

  test('an event becomes a note, at the URL that Location names', async () => {
    const ehr = startEhr()
    const event = noteFactory.build({ author: [{ display: 'KRASS DALSIDE' }] })
    const answer = await ehr.post('/journal/312229544/Composition', JSON.stringify(event))
    expect(answer.status).toBe(201)
    const [note] = await notes(ehr)
    expect(note).toMatchObject({
      type: 'Composition',
      time: '2026-03-02T12:15:00.000Z',
      title: 'Journalnotat for respons på hendelse',
      patient: { identifier: HESTESKO, name: 'NONFIGURATIV HESTESKO' },
      source: event,
    })
    const at = answer.headers.get('location') ?? ''
    expect(await (await ehr.simulator.fetch(new Request(at))).json()).toEqual(note)
    expect(await (await ehr.call('/journal/313231593')).json()).toEqual({ notes: [], dropped: 0 })
  })

  test('is written for who reads it', async () => {
    const ehr = startEhr()
    const section = [
      {
        title: 'Notat',
        text: { status: 'additional' as const, div: '<div>Ringte,<br/>alt &amp; alle i orden.</div>' },
      },
    ]
    const note = noteFactory.build({ section, author: [{ display: 'KRASS DALSIDE' }] })
    const { entry = [], ...alarm } = alarmFactory.build({}, { transient: { time: '2026-03-02T08:35:32+01:00' } })
    await ehr.post('/journal/312229544/bundle', JSON.stringify({ ...alarm, entry: [{ resource: note }, entry[1]] }))
    await ehr.post(
      '/journal/312229544/MedicationDispense',
      JSON.stringify(dispensingFactory.build({}, { transient: { time: '2026-03-02T08:00:00+01:00' } })),
    )
    expect((await notes(ehr)).map(({ text }) => text)).toEqual([
      'medisin utlevert uassistert 02.03. kl. 08:00.',
      'Trygghetsalarm 02.03. kl. 08:35.\nNotat: Ringte, alt & alle i orden.\nSignatur: KRASS DALSIDE',
    ])
  })

  test('what VKP lets through is read as it is meant: one object for a list, and the reverse', async () => {
    const ehr = startEhr()
    const event = {
      resourceType: 'Composition',
      title: ['Et notat'],
      subject: [{ identifier: [{ value: '1302' }] }],
      author: { display: 'op1' },
      section: { title: '', text: { div: '<div>Alt i orden</div>' } },
    }
    await ehr.post('/journal/312229544/composition', JSON.stringify(event))
    expect(await notes(ehr)).toMatchObject([
      { title: 'Et notat', patient: { identifier: '1302', name: null }, text: 'Alt i orden\nSignatur: op1' },
    ])
  })

  test.each([
    'null',
    '[]',
    '{}',
    '"x"',
    'no JSON',
    '{"resourceType":"Patient"}',
    '['.repeat(50_000),
    `{"resourceType":"Composition","section":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ])('a body that is no such resource is refused: %.20s', async (body) => {
    const ehr = startEhr()
    expect((await ehr.post('/journal/312229544/Composition', body)).status).toBe(400)
    const [refused] = await ehr.simulator.world.state.journal.list({ limit: 1 })
    expect(refused?.issues.map(({ message }) => message)).toEqual([
      'The body is not a JSON object with resourceType Composition.',
    ])
    expect(await notes(ehr)).toEqual([])
  })

  test('any shape of a resource is taken', async () => {
    const ehr = startEhr()
    const odd = [null, 7, [[]], { section: 'x', event: [null] }, { text: { div: 5 } }]
    const event = { resourceType: 'Composition', section: odd, event: odd, author: odd, title: odd }
    expect((await ehr.post('/journal/312229544/composition', JSON.stringify(event))).status).toBe(201)
  })

  test('an identity number of the real series is not kept', async () => {
    const ehr = startEhr()
    const number = realIdentityNumber()
    const subject = { identifier: { value: number }, display: number }
    const event = noteFactory.build({ subject, title: `Om ${number}` })
    await ehr.post('/journal/312229544/Composition', JSON.stringify(event))
    const kept =
      JSON.stringify(await notes(ehr)) + JSON.stringify(ehr.simulator.world.state.journal.list({ limit: 10 }))
    expect(kept).toContain('***********')
    expect(kept).not.toContain(number)
  })

  test('a reset takes them away', async () => {
    const ehr = startEhr()
    await ehr.post('/journal/312229544/Composition', JSON.stringify(noteFactory.build()))
    await ehr.simulator.fetch(new Request('http://localhost:7357/_sim/reset', { method: 'POST' }))
    expect(await notes(ehr)).toEqual([])
  })

  const SAMPLES = '../shared/vkp-samples'
  const MEASURED = `${SAMPLES}/constructed/Bundle_DHO_varsel-ved-maling.json`
  test.skipIf(!existsSync(MEASURED))(
    'a measurement is a note with its value and ranges (needs ../shared)',
    async () => {
      const ehr = startEhr()
      await ehr.post('/journal/312229544/bundle', readFileSync(MEASURED, 'utf8'))
      const [note] = await notes(ehr)
      expect(note?.text.split('\n').slice(0, 3)).toEqual([
        'Digital hjemmeoppfølging (Eksempel DHO): Rødt varsel 02.03. kl. 19:48.',
        'Puls: 165 /min.',
        'Referanseområder: 50 - 100; 150 -.',
      ])
    },
  )
})
