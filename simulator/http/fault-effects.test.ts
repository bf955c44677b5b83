import { expect, test } from 'vitest'
import { PLAYERS } from '../rules/faults/fault-places.ts'
import type { FaultEffectList, ValueSchema } from '../surfaces/control/types.ts'
import { type Jft, startJft } from '../surfaces/jft.fixture.ts'
import { NOTE } from './faults.fixture.ts'

const CONTROL = 'http://localhost:7357/_sim'

async function effectsOf(jft = startJft()) {
  const answer = await jft.simulator.fetch(new Request(`${CONTROL}/faults/effects`))
  return ((await answer.json()) as FaultEffectList).effects
}

/** The first value that a schema takes, as somebody who fills in a form would give it. */
function filledIn({
  const: only,
  enum: choices,
  type,
  minimum,
  properties = {},
  required = [],
  anyOf,
}: ValueSchema): unknown {
  if (only !== undefined) return only
  if (choices) return choices[0]
  if (anyOf?.[0]) return filledIn(anyOf[0])
  if (type === 'object') return Object.fromEntries(required.map((name) => [name, filledIn(properties[name] ?? {})]))
  return type === 'string' ? 'text/plain' : (minimum ?? 0)
}

test('every effect can be ordered as its schema says, at every place that is listed', async () => {
  const jft = startJft()
  const post = async (order: unknown) => {
    const answer = await jft.simulator.fetch(
      new Request(`${CONTROL}/faults`, { method: 'POST', body: JSON.stringify(order) }),
    )
    return { status: answer.status, order, text: await answer.text() }
  }
  for (const { schema, places } of await effectsOf(jft)) {
    const effect = filledIn(schema)
    for (const [surface, steps] of Object.entries(places))
      for (const step of steps) expect(await post({ effect, surface, step })).toMatchObject({ status: 201 })
    await jft.simulator.fetch(new Request(`${CONTROL}/faults`, { method: 'DELETE' }))
  }
})

test('an effect lists its members, and the few places where only a handler can play it', async () => {
  const effects = await effectsOf()
  expect(effects.find(({ kind }) => kind === 'status')?.schema).toMatchObject({
    properties: {
      status: { enum: [400, 401, 403, 404, 413, 429, 500, 502, 503, 507] },
      retryAfter: {
        anyOf: [{ type: 'integer', minimum: 0 }, { const: 'date' }, { const: 'minute' }, { type: 'object' }],
      },
    },
    required: ['kind', 'status'],
  })
  expect(effects.find(({ kind }) => kind === 'duplicate')?.places).toEqual({
    'jft-write': ['store'],
    'jft-read': ['page'],
    pit: ['page'],
  })
})

const PATIENT = JSON.stringify({ resourceType: 'Patient', identifier: [{ system: 'urn:example:person', value: '1' }] })

/** A request to each surface that has an effect which handlers play; a search finds what was sent before it. */
const REQUESTS: Readonly<Record<string, (jft: Jft) => Promise<Response>>> = {
  'jft-write': (jft) => jft.call('POST', '/write/v1/Composition', { body: NOTE }),
  'jft-read': (jft) => jft.call('GET', '/read/v1/Composition'),
  pit: (jft) => jft.call('GET', '/pit/v1/Patient', { audience: 'nhn:pit', scope: ['nhn:pit/api.read'] }),
  'pit store': (jft) =>
    jft.call('POST', '/pit/v1/Patient', { audience: 'nhn:pit', scope: ['nhn:pit/api.write'], body: PATIENT }),
}

const PLACES = Object.entries(PLAYERS).flatMap(([kind, places]) =>
  typeof places === 'object' ? Object.entries(places).map(([surface, step]) => ({ kind, surface, step })) : [],
)

test.each(PLACES)('handlers of $surface ask for $kind at the step $step', async ({ kind, surface, step }) => {
  const jft = startJft()
  await REQUESTS['jft-write']?.(jft)
  await REQUESTS['pit store']?.(jft)
  const { schema } = (await effectsOf(jft)).find((one) => one.kind === kind) ?? { schema: {} }
  const body = JSON.stringify({ surface, step, effect: filledIn(schema) })
  await jft.simulator.fetch(new Request(`${CONTROL}/faults`, { method: 'POST', body }))
  await (REQUESTS[`${surface} ${step}`] ?? REQUESTS[surface])?.(jft)
  expect((await jft.lastExchange()).injected).toMatchObject([{ step }])
})
