import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startJft } from './surfaces/jft.fixture.ts'

/** Payloads that lie beside the project; a clone alone has none. */
const SAMPLES = new URL('../../shared/vkp-samples/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, SAMPLES), 'utf8')

describe.skipIf(!existsSync(SAMPLES))('the VKP samples (skipped where ../shared/vkp-samples is absent)', () => {
  const submissions = existsSync(SAMPLES)
    ? readdirSync(new URL('constructed/', SAMPLES)).filter((name) => !name.startsWith('response_'))
    : []
  const jft = startJft()

  test.each(submissions)('%s: 202 where JFT has an endpoint, 404 where it has none', async (name) => {
    const body = read(`constructed/${name}`)
    const { resourceType } = JSON.parse(body)
    const answer = await jft.call('POST', `/write/v1/${resourceType}`, { body })
    expect(answer.status).toBe(['Bundle', 'Composition', 'MedicationDispense'].includes(resourceType) ? 202 : 404)
  })

  test('there are seventeen of them', () => expect(submissions).toHaveLength(17))

  test('the published VKP Bundle is refused for exactly its one fault', async () => {
    const body = read('official/Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json')
    const answer = await jft.call('POST', '/write/v1/Bundle', { body })
    expect(answer.status).toBe(400)
    const { issue } = (await answer.json()) as { issue: unknown[] }
    expect(issue).toHaveLength(1)
    expect(issue[0]).toMatchObject({
      details: { coding: [{ code: 'JSON127' }] },
      expression: ['Bundle.entry[2].resource.identifier[0].value'],
    })
  })

  const cases: { id: string; resourceType: string; jft_direct: string }[] = existsSync(SAMPLES)
    ? JSON.parse(read('lenient-vs-strict/manifest.json'))
    : []

  test.each(cases)('$id: $jft_direct', async ({ id, resourceType, jft_direct }) => {
    const answer = await jft.call('POST', `/write/v1/${resourceType}`, {
      body: read(`lenient-vs-strict/${id}.in.json`),
    })
    expect(String(answer.status)).toBe(jft_direct)
  })
})
