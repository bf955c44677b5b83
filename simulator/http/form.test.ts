import { describe, expect, test } from 'vitest'
import { startJft } from '../surfaces/jft.fixture.ts'

/** Every door that reads a form. */
const DOORS = [
  '/helseid/connect/token',
  '/read/v1/Composition/_search',
  '/read/v1/MedicationDispense/_search',
  '/read/v1/Bundle/_search',
  ...['patient', 'condition', 'careplan', 'composition'].map((type) => `/vkp/epj/r4/313231593/${type}/_search`),
  '/ehr/epj/r4/313231593/patient/_search',
]

async function ask(path: string, body: string) {
  const { simulator, lastExchange } = startJft({ auth: 'relaxed' })
  const headers = {
    'jftsim-municipality': '313231593',
    servicecodes: 'ta',
    'content-type': 'application/x-www-form-urlencoded',
  }
  const init = { method: 'POST', headers, body }
  const answer = await simulator.fetch(new Request(`http://localhost:7357${path}`, init))
  const { issues } = await lastExchange()
  return { status: answer.status, messages: issues.map(({ message }) => message) }
}

const fields = (count: number, field = 'a=') => Array.from({ length: count }, () => field).join('&')

describe.each(DOORS)('a form at %s', (path) => {
  test.each(['a=', 'a', '', '%26=%26', '+'])('with 1,025 fields as %j is refused before it is read', async (field) => {
    const { status, messages } = await ask(path, fields(1025, field))
    expect(status).toBe(413)
    expect(messages).toEqual(['The form has 1025 fields; at most 1024 are read.'])
  })

  test('with 1,024 is read', async () => {
    const { status, messages } = await ask(path, fields(1024))
    expect(status).not.toBe(413)
    expect(messages).not.toContainEqual(expect.stringContaining('at most 1024'))
  })
})
