import { describe, expect, test } from 'vitest'
import { PLAYED_SURFACES } from '../../ground/surfaces.ts'
import { ehr } from '../../surfaces/ehr/index.ts'
import { helseid } from '../../surfaces/helseid/index.ts'
import { jftRead } from '../../surfaces/jft-read/index.ts'
import { jftWrite } from '../../surfaces/jft-write/index.ts'
import { pit } from '../../surfaces/pit/index.ts'
import { selvbetjening } from '../../surfaces/selvbetjening/index.ts'
import { ttt } from '../../surfaces/ttt/index.ts'
import { vkp } from '../../surfaces/vkp/index.ts'
import { delayOf } from './fault-delay.ts'
import { FAULT_STEPS } from './fault-places.ts'
import { concerns, isHit } from './faults.ts'

const SURFACES = { helseid, ttt, selvbetjening, 'jft-write': jftWrite, 'jft-read': jftRead, pit, vkp, ehr }

/** Steps that VKP plans only once it knows how an event is delivered. */
const PLANNED = { vkp: ['corrections', 'token-exchange', 'jft', 'ehr'] } as Partial<Record<string, string[]>>

test.each(PLAYED_SURFACES)('the steps of %s are those that its routes have', (name) => {
  const steps = SURFACES[name].routes.flatMap((route) => route.steps)
  expect(new Set(FAULT_STEPS[name])).toEqual(new Set([...steps, ...(PLANNED[name] ?? []), 'answer']))
})

const ORDER = { match: {}, effect: { kind: 'status', status: 500 }, times: 1, probability: 1 } as const
const VISIT = { surface: 'jft-read', step: 'page', method: 'GET', path: '/v1/Bundle/a/$status' }

describe('a path', () => {
  test.each([
    ['/v1/Bundle/a/$status', true],
    ['/v1/Bundle', false],
    ['/v1/*', true],
    ['*$status', true],
    ['/v1/*/$status', true],
    ['/v1/*/b/*', false],
    ['/v1/Bundle/a/$status*', true],
    ['/v1/Bundle/a/$st*tatus', false],
    ['*', true],
  ])('%s: %j', (path, hit) => expect(concerns({ ...ORDER, match: { path } }, VISIT)).toBe(hit))
})

describe('what is drawn', () => {
  const ordinals = Array.from({ length: 2_000 }, (_, index) => index + 1)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

  test('the share of hits is the probability', () => {
    const hits = ordinals.filter((ordinal) => isHit({ ...ORDER, probability: 0.3, seed: 'a' }, ordinal))
    expect(hits.length / ordinals.length).toBeCloseTo(0.3, 1)
  })

  test.each([
    [{ distribution: 'uniform', min: 100, max: 300 } as const, 200, 100, 300],
    [{ distribution: 'normal', mean: 200, deviation: 10 } as const, 200, 150, 250],
    [{ distribution: 'exponential', mean: 200 } as const, 200, 0, 600_000],
  ])('%j has its mean and its bounds', (delay, expected, min, max) => {
    const drawn = ordinals.map((ordinal) => delayOf(delay, 'a', ordinal))
    expect(Math.abs(mean(drawn) - expected)).toBeLessThan(expected * 0.06)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(min)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(max)
  })
})
