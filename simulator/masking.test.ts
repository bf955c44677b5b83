import { describe, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { TARGETS } from './robustness.fixture.ts'
import { realIdentityNumber } from './rules/identifiers.fixture.ts'
import { startJft } from './surfaces/jft.fixture.ts'

const BASE = 'http://localhost:7357'
const number = realIdentityNumber()
const spaced = `${number.slice(0, 6)} ${number.slice(6)}`

const HEADERS = [
  'nhn-source-system',
  'nhn-event-id',
  'authorization',
  'dpop',
  'servicecodes',
  'jftsim-municipality',
  'user-agent',
]

/** A body of each kind with the number in it. */
const BODIES: readonly (readonly [string, string])[] = [
  ['application/json', JSON.stringify({ ...noteFactory.build(), title: `Om ${number}`, id: number })],
  [
    'application/json',
    JSON.stringify(noteFactory.build({}, { transient: { patient: { identityNumber: number, name: spaced } } })),
  ],
  ['application/json', `{"resourceType":"Composition","date":"${number}","unknown":${number}}`],
  ['application/json', `{"${number}":"${spaced}"`],
  [
    'application/x-www-form-urlencoded',
    `identifier=${number}&patient.identifier=${number}&cursor=${number}&client_id=${number}`,
  ],
  ['text/plain', number],
]

async function everythingShown(fetch: (path: string) => Promise<Response>): Promise<string> {
  const paths = [
    '/_sim/exchanges?limit=1000',
    '/_sim/events',
    '/_sim/har',
    '/_sim/clients',
    '/_sim/robots',
    '/_sim/faults',
    '/ehr/journal/313231593',
  ]
  const listed = await Promise.all(paths.map(async (path) => (await fetch(path)).text()))
  const { exchanges } = JSON.parse(listed[0] ?? '') as { exchanges: { id: string }[] }
  const details = await Promise.all(
    exchanges.flatMap(({ id }) =>
      ['', '/curl', '/test'].map(async (part) => (await fetch(`/_sim/exchanges/${id}${part}`)).text()),
    ),
  )
  return [...listed, ...details].join('\n')
}

describe('a number of the real series', () => {
  test('sent through every field and header of every surface is in no answer and in nothing that is kept', async () => {
    const { simulator } = startJft({ auth: 'relaxed', assumptions: { identityNumberScope: 'identifiers' } })
    const fetch = (path: string, init?: RequestInit) => simulator.fetch(new Request(BASE + path, init))
    const headers = Object.fromEntries(
      HEADERS.map((name) => [name, name === 'authorization' ? `DPoP ${number}` : `x ${number}`]),
    )
    const answers: string[] = []
    const leaks: string[] = []
    for (const [method, path] of TARGETS) {
      for (const [type, body] of BODIES) {
        const init = { method, headers: { ...headers, 'content-type': type }, ...(method === 'GET' ? {} : { body }) }
        for (const where of [path, `${path}?a=${number}&_count=${number}&identifier=${spaced}`, `${path}/${number}`]) {
          const answer = await fetch(where, init)
          const text = [...answer.headers, await answer.text()].join('\n')
          answers.push(text)
          if (text.includes(number) || text.includes(spaced)) leaks.push(`${method} ${where}: ${text.slice(0, 600)}`)
        }
      }
    }
    expect(leaks).toEqual([])
    expect(answers.join('\n')).toContain('***********')
    const shown = await everythingShown(fetch)
    expect(shown).toContain('***********')
    const lines = shown.split('\n').filter((line) => line.includes(number) || line.includes(spaced))
    expect(lines.map((line) => line.slice(0, 200))).toEqual([])
  })

  test('in an event that is accepted is masked in what readers get', async () => {
    const jft = startJft()
    const body = JSON.stringify({ ...noteFactory.build(), title: `Om ${number}` })
    expect((await jft.call('POST', '/write/v1/Composition', { body })).status).toBe(202)
    const text = JSON.stringify(await jft.search('Composition'))
    expect(text).toContain('Om ***********')
    expect(text).not.toContain(number)
  })
})
