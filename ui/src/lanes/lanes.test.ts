import { expect, test } from 'vitest'
import type { ExchangeSummary } from '../data/api.ts'
import { arrowsOf, stagesOf } from './lanes.ts'

const exchange = (
  id: string,
  surface: string,
  request: string,
  second: number,
  more: Partial<ExchangeSummary> = {},
): ExchangeSummary => {
  const [method = '', path = ''] = request.split(' ')
  return {
    sequence: second,
    id,
    surface,
    time: `2026-11-22T10:00:0${second}.000Z`,
    milliseconds: 1,
    method,
    url: `http://localhost:7357${path}`,
    status: 200,
    clientName: null,
    municipality: null,
    event: null,
    parent: null,
    steps: [],
    issues: [],
    warnings: [],
    injected: [],
    ...more,
  }
}

const issue = (rule: string) =>
  ({ rule, code: rule, severity: 'error', message: rule, certainty: 'documented', source: 's', fix: 'f' }) as never

const WAY: readonly ExchangeSummary[] = [
  exchange('x5', 'jft-write', 'POST /write/v1/Composition/1/$journaling-acknowledged', 5, { clientName: 'EPJ' }),
  exchange('x4', 'jft-read', 'GET /read/v1/Composition', 4, { clientName: 'EPJ' }),
  exchange('x3', 'jft-write', 'POST /write/v1/Composition', 2, { parent: 'x1', status: 202 }),
  exchange('x2', 'helseid', 'POST /helseid/connect/token', 1, {
    parent: 'x1',
    status: 400,
    issues: [issue('dpop-nonce')],
  }),
  exchange('x1', 'vkp', 'POST /vkp/epj/r4/313231593/composition', 0, {
    clientName: 'Sentralen',
    warnings: [issue('vkp-corrected'), issue('vkp-corrected')],
  }),
]

test('the legs follow their request, in order, with who called whom', () => {
  const arrows = arrowsOf(WAY).map(({ exchange: { id }, from, to, after, corrections, meaning }) => [
    id,
    `${from} ${to}`,
    after,
    corrections,
    meaning,
  ])
  expect(arrows).toEqual([
    ['x1', 'vendor vkp', 0, 2, undefined],
    ['x2', 'vkp helseid', 1_000, 0, 'challenge'],
    ['x3', 'vkp jft', 2_000, 0, 'registered'],
    ['x4', 'ehr jft', 4_000, 0, 'read'],
    ['x5', 'ehr jft', 5_000, 0, 'acknowledged'],
  ])
})

test('each stage has the request that brought the event there', () => {
  expect(stagesOf(WAY)).toEqual({ challenge: 'x2', registered: 'x3', read: 'x4', acknowledged: 'x5' })
})
