import { describe, expect, test } from 'vitest'
import { CLASSIC, FORM, startVkp } from './vkp.fixture.ts'

describe('patient information', () => {
  const form = 'patient.identifier=02850097219&date=ge2024-05-17T07:08:09Z&date=le2024-12-24T09:08:07Z'
  const headers = { servicecodes: 'ta,gps', 'content-type': FORM, accept: 'application/fhir+json' }

  test('goes to the vendor’s own EHR and comes back byte for byte', async () => {
    const odd = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x00, 0xff, 0x0d, 0x0a, 0x7d])
    const seen: unknown[] = []
    const outbound = async (request: Request) => {
      const body = await request.text()
      seen.push([request.method, request.url, Object.fromEntries(request.headers), body])
      return new Response(odd, { status: 418, headers: { 'content-type': 'application/x-odd; v="1"', 'x-ehr': 'no' } })
    }
    const vkp = startVkp(
      { routes: [{ orgnr: CLASSIC, mode: 'classic', ehrUrl: 'https://ehr.example/r4/' }] },
      { outbound },
    )
    const answer = await vkp.call(`${CLASSIC}/careplan/_search`, { body: form, headers })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(odd)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-ehr')]).toEqual([
      418,
      'application/x-odd; v="1"',
      null,
    ])
    expect(seen).toEqual([
      ['POST', 'https://ehr.example/r4/careplan/_search', { ...headers, via: '1.1 jft-simulator-vkp' }, form],
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
