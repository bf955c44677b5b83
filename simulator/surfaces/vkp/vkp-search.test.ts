import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { validateStrict } from '../../rules/fhir/strict.ts'
import { VKP_SAMPLES_MUNICIPALITY as SAMPLES } from '../../services/clients/sample-clients.ts'
import { syntheticIdentityNumber } from '../../state/memory/population/identity-number.ts'
import { CLASSIC, FORM, PROXIED, startVkp } from './vkp.fixture.ts'

describe('patient information', () => {
  const form = 'patient.identifier=02850097219&date=ge2024-05-17T07:08:09Z&date=le2024-12-24T09:08:07Z'
  const headers = { servicecodes: 'ta,gps', 'content-type': FORM, accept: 'application/fhir+json' }

  test('goes to the vendor’s own EHR and comes back byte for byte', async () => {
    const odd = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x00, 0xff, 0x0d, 0x0a, 0x7d])
    const seen: unknown[] = []
    const kept = {
      'content-type': 'application/x-odd; v="1"',
      etag: 'W/"1"',
      warning: '299 - "BlÃ¥bÃ¦r"',
      'x-ehr': 'yes',
    }
    // What is about a connection, and what would speak for the simulator's own address.
    const left = {
      connection: 'close, x-hop',
      'x-hop': '1',
      'set-cookie': 'a=b',
      'access-control-allow-origin': '*',
      'content-encoding': 'identity',
      'content-security-policy': 'none',
    }
    const answered = { ...kept, ...left }
    const outbound = async (request: Request) => {
      const body = await request.text()
      seen.push([request.method, request.url, Object.fromEntries(request.headers), body])
      return new Response(odd, { status: 418, headers: answered })
    }
    const vkp = startVkp(
      { routes: [{ orgnr: CLASSIC, mode: 'classic', ehrUrl: 'https://ehr.example/r4/' }] },
      { outbound },
    )
    const own = { ...headers, 'accept-language': 'nb', prefer: 'handling=lenient', 'x-own': 'BlÃ¥bÃ¦r' }
    const notForwarded = { cookie: 'a=b', connection: 'x-hop', 'x-hop': '1', te: 'trailers' }
    const sent = { body: form, headers: { ...own, ...notForwarded } }
    const answer = await vkp.call(`${CLASSIC}/careplan/_search?_count=7&x=%20y`, sent)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(odd)
    expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([418, expect.objectContaining(kept)])
    const { 'content-security-policy': policy } = Object.fromEntries(answer.headers)
    expect([
      policy,
      ...Object.keys(left)
        .slice(0, 5)
        .map((name) => answer.headers.get(name)),
    ]).toEqual(["sandbox; default-src 'none'; frame-ancestors 'none'", ...Array(5).fill(null)])
    expect(seen).toEqual([
      [
        'POST',
        'https://ehr.example/r4/careplan/_search?_count=7&x=%20y',
        { ...own, via: '1.1 jft-simulator-vkp' },
        form,
      ],
    ])
  })

  test('of the EHR stand-in is passed on as it is, and is a leg of the search', async () => {
    const vkp = startVkp()
    const answer = await vkp.call(`${CLASSIC}/careplan/_search`, { body: form, headers })
    const story = await vkp.story()
    const [leg, search] = story
    expect(story).toHaveLength(2)
    expect([leg?.surface, leg?.parent]).toEqual(['ehr', search?.id])
    expect(leg?.response.body?.text).toBe(await answer.text())
    expect(leg?.request.headers.map(([name]) => name)).not.toContain('authorization')
  })

  test('needs no dates when the setting says so', async () => {
    const bodies: string[] = []
    const outbound = async (request: Request) => {
      bodies.push(await request.text())
      return new Response(null, { status: 204 })
    }
    const routes = [{ orgnr: '*', mode: 'proxy' as const, ehrUrl: 'http://ehr.example' }]
    const vkp = startVkp({ routes, assumptions: { vkpMissingDates: 'accept' } }, { outbound })
    const answer = await vkp.call(`${CLASSIC}/careplan/_search`, { body: 'patient.identifier=02850097219', headers })
    expect([answer.status, bodies]).toEqual([204, ['patient.identifier=02850097219']])
  })
})

describe('a search without parameters', () => {
  test.each(['patient', 'episodeofcare'])(
    'for %s has no body and no Content-Type, as NHN’s samples send it',
    async (type) => {
      for (const orgnr of [CLASSIC, PROXIED, SAMPLES]) {
        const vkp = startVkp()
        const headers = { servicecodes: 'rt', 'content-length': '0', 'content-type': null }
        const answer = await vkp.call(`${orgnr}/${type}/_search`, { headers })
        const { total, entry = [] } = (await answer.json()) as Bundle
        expect([
          answer.status,
          total,
          new Set(entry.map(({ resource }) => resource?.resourceType)).has('Patient'),
        ]).toEqual([200, 5, true])
      }
    },
  )

  test.each([null, FORM, 'application/json'])('is an empty form with Content-Type %s', async (type) => {
    const vkp = startVkp()
    const headers = { servicecodes: 'rt', 'content-type': type }
    expect((await vkp.call(`${CLASSIC}/patient/_search`, { headers })).status).toBe(200)
  })

  test('goes to the vendor’s own EHR as an empty form', async () => {
    const seen: unknown[] = []
    const outbound = async (request: Request) => {
      seen.push([request.headers.get('content-type'), await request.text()])
      return new Response(null, { status: 204 })
    }
    const routes = [{ orgnr: '*', mode: 'classic' as const, ehrUrl: 'http://ehr.example' }]
    const vkp = startVkp({ routes }, { outbound })
    await vkp.call(`${CLASSIC}/patient/_search`, { headers: { servicecodes: 'rt', 'content-type': null } })
    expect(seen).toEqual([[FORM, '']])
  })
})

/** What NHN's samples send: its person, who is of the real series, and the dates of 2024. */
const NHN_PERSON = ['131169', '00216'].join('')
const WINDOW = 'date=ge2024-05-17T07:08:09Z&date=le2024-12-24T09:08:07Z'

const SAMPLE_SEARCHES = [
  ['patient', 'identifier', 'Patient', ''],
  ['episodeofcare', 'patient.identifier', 'EpisodeOfCare', ''],
  ['careplan', 'patient.identifier', 'CarePlan', WINDOW],
  ['composition', 'patient.identifier', 'Composition', WINDOW],
  ['condition', 'patient.identifier', 'Condition', ''],
  ['allergyintolerance', 'identifier', 'AllergyIntolerance', ''],
  ['medicationstatement', 'patient.identifier', 'MedicationStatement', ''],
] as const

describe('the test municipality of NHN’s samples has the same data for any valid number', () => {
  const headers = { servicecodes: 'rt', 'content-type': FORM }
  const nobody = syntheticIdentityNumber({ date: '1961-09-09', gender: 'female', series: 80 })

  test.each(SAMPLE_SEARCHES)('%s', async (type, name, resourceType, dates) => {
    const vkp = startVkp()
    for (const person of [NHN_PERSON, nobody, '02850097219']) {
      const answer = await vkp.call(`${SAMPLES}/${type}/_search`, { body: `${name}=${person}&${dates}`, headers })
      const text = await answer.text()
      const { total = 0, entry = [] } = JSON.parse(text) as Bundle
      expect([answer.status, total > 0, entry[0]?.resource?.resourceType]).toEqual([200, true, resourceType])
      expect(validateStrict(text).issues).toEqual([])
      expect(text.includes(person)).toBe(person !== NHN_PERSON)
    }
  })

  test('plans lie around today as well', async () => {
    const vkp = startVkp()
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const body = `patient.identifier=${nobody}&date=ge${day(-30)}&date=le${day(1)}`
    for (const type of ['careplan', 'composition']) {
      const answer = await vkp.call(`${SAMPLES}/${type}/_search`, { body, headers })
      expect(((await answer.json()) as Bundle).total).toBe(1)
    }
  })

  test.each([
    ['test-municipality', SAMPLES, 1],
    ['test-municipality', CLASSIC, 0],
    ['every-municipality', CLASSIC, 1],
    ['none', SAMPLES, 0],
  ] as const)('setting %s, at %s: %i', async (staticPatients, orgnr, total) => {
    const vkp = startVkp({ assumptions: { staticPatients } })
    const answer = await vkp.call(`${orgnr}/patient/_search`, { body: `identifier=${nobody}`, headers })
    expect(await answer.json()).toMatchObject({ total })
  })

  test('a number of the real series has a warning, and is kept nowhere', async () => {
    const vkp = startVkp()
    await vkp.call(`${SAMPLES}/patient/_search`, { body: `identifier=${NHN_PERSON}`, headers })
    const story = await vkp.story()
    expect(story.at(-1)?.warnings.map(({ rule, severity }) => [rule, severity])).toContainEqual([
      'vkp-identity-number',
      'warning',
    ])
    expect(JSON.stringify(story)).not.toContain(NHN_PERSON)
  })

  test.each([
    [
      CLASSIC,
      'patient',
      `identifier=${nobody}`,
      `The EHR of ${CLASSIC} has no such person; 02850097219 is one. At ${SAMPLES} any valid number finds data.`,
    ],
    [
      CLASSIC,
      'allergyintolerance',
      'identifier=13717404089',
      'This person has no allergyintolerance; 02850097219 has something of each.',
    ],
    [
      CLASSIC,
      'careplan',
      `patient.identifier=02850097219&${WINDOW}`,
      'This person has no careplan in those dates, but in 2029-12-18 to 2030-01-29.',
    ],
    [
      SAMPLES,
      'composition',
      `patient.identifier=02850097219&${WINDOW.replaceAll('2024', '2020')}`,
      'This person has no composition in those dates, but in 2029-12-13 and in 2024-08-29.',
    ],
  ])('an empty answer of %s for %s has a warning with one who is there', async (orgnr, type, body, message) => {
    const vkp = startVkp()
    vkp.simulator.world.time.clock.freeze(Date.parse('2030-01-01T12:00:00Z'))
    const answer = await vkp.call(`${orgnr}/${type}/_search`, { body, headers: { ...headers, servicecodes: 'rt,dho' } })
    expect(await answer.json()).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 0 })
    for (const { warnings } of await vkp.story()) {
      expect(warnings.map((warning) => [warning.rule, warning.message])).toEqual([['ehr-nothing-found', message]])
    }
  })
})
