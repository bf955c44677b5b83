import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { startJft } from '../jft.fixture.ts'
import { CLASSIC, startVkp } from '../vkp/vkp.fixture.ts'

const NOTE = JSON.stringify(noteFactory.build())

/** The newest exchange of a surface as it is exported. */
async function exported(simulator: ReturnType<typeof startJft>['simulator'], surface: string, as: 'curl' | 'test') {
  const get = (path: string) => simulator.fetch(new Request(`http://localhost:7357/_sim${path}`))
  const list = (await (await get(`/exchanges?surface=${surface}&limit=1`)).json()) as { exchanges: { id: string }[] }
  return (await get(`/exchanges/${list.exchanges[0]?.id}/${as}`)).text()
}

describe('an exported request has the scheme that it had', () => {
  test('Bearer and no proof at VKP, with a hint at a token of VKP', async () => {
    const vkp = startVkp()
    await vkp.call(`${CLASSIC}/composition`, { body: NOTE })
    const curl = await exported(vkp.simulator, 'vkp', 'curl')
    expect(curl).toContain('# TOKEN of VKP (audience nhn:vkp, with vkp-id): ')
    expect(curl).toContain('Authorization: Bearer ')
    expect(curl).not.toMatch(/DPoP|PROOF/)
    const written = await exported(vkp.simulator, 'vkp', 'test')
    expect(written).toContain('authorize gives { authorization: "Bearer …" } with a token of VKP, and no proof.')
  })

  test('DPoP and a proof at JFT', async () => {
    const jft = startJft()
    await jft.call('POST', '/write/v1/Composition', { body: NOTE })
    const curl = await exported(jft.simulator, 'jft-write', 'curl')
    expect(curl).toContain('# TOKEN and PROOF: jftsim token')
    expect(curl).toMatch(/Authorization: DPoP [\s\S]+DPoP: /)
    expect(await exported(jft.simulator, 'jft-write', 'test')).not.toContain('Bearer')
  })

  test('a wrong scheme too: the request is repeated as it was', async () => {
    const { simulator } = startJft()
    const url = `http://localhost:7357/vkp/epj/r4/${CLASSIC}/composition`
    await simulator.fetch(
      new Request(url, { method: 'POST', headers: { authorization: 'DPoP x', dpop: 'y' }, body: '{}' }),
    )
    expect(await exported(simulator, 'vkp', 'curl')).toMatch(/Authorization: DPoP [\s\S]+DPoP: /)
  })
})

describe('a request that came by a real host name', () => {
  const real = 'http://api.write.jft.test.nhn.no/v1/Composition?x=1'
  const journaled = async () => {
    const { simulator } = startJft()
    await simulator.fetch(new Request(real, { method: 'POST', body: '{}' }))
    return simulator
  }

  test('is kept as it was called, by https', async () => {
    const [exchange] = await (await journaled()).world.state.journal.list({ limit: 1 })
    expect(exchange?.request.url).toBe(real.replace('http:', 'https:'))
  })

  test.each(['curl', 'test'] as const)('is exported as %s to this simulator, never to the real service', async (as) => {
    const text = await exported(await journaled(), 'jft-write', as)
    expect(text).toContain('http://localhost:7357/write/v1/Composition?x=1')
    expect(text).not.toContain('nhn.no')
  })
})
