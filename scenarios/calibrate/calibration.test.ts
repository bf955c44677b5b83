import { expect, test } from 'vitest'
import { calibrationOf, targetWith } from './calibrate.fixture.ts'
import { calibrate } from './calibrate.ts'
import { type Calibration, mergeCalibrations } from './calibration.ts'

const observed = (value: unknown, environment: string, date: string): Calibration['settings'][string] => ({
  value,
  certainty: 'observed',
  confidence: 'high',
  date,
  environment,
  evidence: [],
})

test('a merge keeps what only one file knows, the newer of two that agree, and names contradictions', () => {
  const one = { settings: { searchTotal: observed(true, 'a', '2026-01-01T00:00:00Z') }, undecided: { dotnet: 'why' } }
  const two = {
    settings: {
      searchTotal: observed(false, 'b', '2026-01-02T00:00:00Z'),
      dotnet: observed(8, 'b', '2026-01-02T00:00:00Z'),
    },
    undecided: {},
  }
  const merged = mergeCalibrations(one, two)
  expect(merged.settings).toEqual({ dotnet: two.settings.dotnet })
  expect(merged.undecided).toEqual({
    searchTotal: 'Contradiction: true (a, 2026-01-01T00:00:00Z) and false (b, 2026-01-02T00:00:00Z).',
  })
})

test.each([
  [500, 'text/plain', '', 'The service answered 500, which may pass.'],
  [503, 'text/plain', '', 'The service answered 503, which may pass.'],
  [429, 'text/plain', '', 'The service answered 429: a rate limit.'],
  [403, 'text/html', '<html>Blocked</html>', 'The answer (403) was an HTML page, as a proxy sends.'],
  [302, 'text/plain', '', 'The answer was 302: a proxy, or a page to log in.'],
])('an answer of %i (%s) in between leaves a setting undecided, with the reason', async (status, type, text, why) => {
  const target = await targetWith({})
  const send = (request: Request) =>
    new URL(request.url).pathname.includes('/v1/')
      ? Promise.resolve(new Response(text, { status, headers: { 'content-type': type } }))
      : target.send(request)
  const options = { also: [], gap: 0, sleep: () => Promise.resolve(), takes: () => true, only: ['unknownParameter'] }
  const found = await calibrate({ ...target, send }, options)
  expect(found).toEqual({ settings: {}, undecided: { unknownParameter: why } })
})

test('what is written has evidence without a token or a key in it', async () => {
  const { settings } = await calibrationOf({ searchTotal: true }, { only: ['searchTotal'] })
  expect(settings.searchTotal).toMatchObject({ value: true, certainty: 'observed', confidence: 'high' })
  const text = JSON.stringify(settings)
  expect(text).toContain('authorization')
  expect(text).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20,}/)
})

test('what is known already is not asked again', async () => {
  const known = { settings: { searchTotal: observed(true, 'before', '2026-01-01T00:00:00Z') }, undecided: {} }
  const found = await calibrationOf({ searchTotal: false }, { known, only: ['searchTotal'] })
  expect(found.settings.searchTotal?.environment).toBe('before')
})
