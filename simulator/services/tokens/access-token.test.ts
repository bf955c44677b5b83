import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { checkAccessToken } from '../../rules/token/claims.ts'
import { createSimulator } from '../../simulator.ts'
import { accessTokenUse, readAccessToken } from './access-token.ts'
import { type SignOptions, signToken } from './sign.ts'

/*
 * A token whose signature was verified once is not verified again. Whoever presents which token how often, at which API and at
 * what time: what is found is what is found without the cache.
 */

const { world } = createSimulator()
const { state } = world
const NOW = 1_900_000_000

const GOOD = {
  iss: world.net.origins.issuers[0],
  aud: 'nhn:jft',
  iat: NOW,
  nbf: NOW,
  exp: NOW + 600,
  client_id: 'a',
  cnf: { jkt: 'thumbprint' },
}

const FORGED: readonly (readonly [object, SignOptions])[] = [
  [{}, {}],
  [{ iss: 'https://helseid-sts.nhn.no' }, {}],
  [{ iss: undefined }, {}],
  [{ aud: 'nhn:vkp' }, {}],
  [{ aud: ['nhn:pit', 'nhn:jft'] }, {}],
  [{ exp: NOW - 600 }, {}],
  [{ exp: undefined }, {}],
  [{ exp: 'tomorrow' }, {}],
  [{ nbf: NOW + 600 }, {}],
  [{ cnf: undefined }, {}],
  [{ cnf: { jkt: '' } }, {}],
  [{}, { typ: 'id_token' }],
  [{}, { key: 'foreign' }],
]

const SPOILT: readonly ((token: string) => string)[] = [
  (token) => token.replace(/\.[^.]*$/, '.'),
  (token) => token.replace(/\.[^.]*$/, `.${'A'.repeat(342)}`),
  (token) => token.replace(/\.[^.]*\./, `.${btoa(JSON.stringify({ ...GOOD, aud: 'nhn:pit' })).replace(/=+$/, '')}.`),
  (token) => token.replace(/^[^.]*/, btoa(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).replace(/=+$/, '')),
  (token) =>
    token.replace(/^[^.]*/, btoa(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', crit: ['x'] })).replace(/=+$/, '')),
  (token) => `${token}.more`,
  (token) => `${token} `,
  () => 'hello',
  () => '',
]

let tokens: readonly string[] = []

beforeAll(async () => {
  const made = await Promise.all(FORGED.map(([claims, options]) => signToken(state, { ...GOOD, ...claims }, options)))
  tokens = [...made, ...SPOILT.map((spoil) => spoil(made[0] ?? ''))]
})

async function judged(keys: Parameters<typeof readAccessToken>[0], text: string, audience: string, now: number) {
  const token = await readAccessToken(keys, text)
  const use = { audience, ...(await accessTokenUse(world, now)) }
  return { token, issues: token && checkAccessToken(token, use) }
}

const presentation = fc.record({
  token: fc.nat({ max: FORGED.length + SPOILT.length - 1 }),
  audience: fc.constantFrom('nhn:jft', 'nhn:pit', 'nhn:vkp'),
  /** Seconds since the good token was made. */
  age: fc.constantFrom(-600, -6, 0, 300, 604, 606, 100_000),
})

test('a token that was seen before is judged as one that was not', async () => {
  const check = async (presented: readonly { token: number; audience: string; age: number }[]) => {
    const cached = { keys: state.keys, faults: state.faults }
    for (const { token, audience, age } of presented) {
      const text = tokens[token] ?? ''
      const now = (NOW + age) * 1000
      const again = await judged({ keys: state.keys, faults: state.faults }, text, audience, now)
      expect(await judged(cached, text, audience, now)).toEqual(again)
    }
  }
  await fc.assert(fc.asyncProperty(fc.array(presentation, { maxLength: 30 }), check), { numRuns: 40 })
})

test('the good token passes at its own API and in its own time only, also from the cache', async () => {
  const rules = async (audience: string, age: number) => {
    const { issues } = await judged(state, tokens[0] ?? '', audience, (NOW + age) * 1000)
    return issues?.map(({ rule }) => rule)
  }
  expect(await rules('nhn:jft', 0)).toEqual([])
  expect(await rules('nhn:jft', 10_000)).toEqual(['token-expired'])
  expect(await rules('nhn:pit', 0)).toEqual(['token-audience'])
  expect(await rules('nhn:jft', -600)).toEqual(['token-not-yet-valid'])
})

test('a token is not remembered beyond the withdrawal of its key', async () => {
  const of = createSimulator().world
  const token = await signToken(of.state, GOOD)
  expect((await readAccessToken(of.state, token))?.signature).toBe('good')
  await of.state.faults.rotateKeys('kept')
  expect((await readAccessToken(of.state, token))?.signature).toBe('good')
  await of.state.faults.rotateKeys('withdrawn')
  expect((await readAccessToken(of.state, token))?.signature).toBe('bad')
})
