import { describe, expect, test } from 'vitest'
import { type Assumptions, SILENT_POINTS } from '../../simulator/index.ts'
import { calibrationOf } from './calibrate.fixture.ts'
import { QUESTIONS } from './calibrate.ts'
import { isSame } from './calibration.ts'
import { randomSettings } from './random-settings.fixture.ts'

test('every setting has two probes, or a reason why none is possible', () => {
  expect(Object.keys(QUESTIONS).sort()).toEqual(Object.keys(SILENT_POINTS).sort())
})

/** How many random settings are tried: one here, a few in CI. */
const TRIES = Number(process.env.CALIBRATIONS ?? 1)

describe('a simulator with random settings is seen through', () => {
  test.concurrent.each(Array.from({ length: TRIES }, (_, index) => index + 1))(
    'seed %i',
    async (seed) => {
      const real = randomSettings(seed)
      const { settings, undecided } = await calibrationOf(real)
      const wrong = Object.entries(settings).filter(
        ([name, { value }]) => !isSame(value, real[name as keyof Assumptions]),
      )
      expect(wrong.map(([name, { value }]) => [name, value, real[name as keyof Assumptions]])).toEqual([])
      const missing = Object.keys(undecided).filter((name) => !isHidden(name, real))
      expect(missing.map((name) => [name, undecided[name], real[name as keyof Assumptions]])).toEqual([])
    },
    600_000,
  )
})

/** What nobody can see from outside, of these settings. */
const HIDDEN: Readonly<Record<string, (real: Assumptions) => boolean>> = {
  requestsPerMinute: () => true,
  // A delay of a moment may be over before $status is asked for.
  statusBeforeRegistered: () => true,
  // That there is none is seen only by who looks soon enough: a machine that is busy does not.
  registrationDelayMs: () => true,
  pitProcessingDelayMs: () => true,
  // What answers as NHN's samples do has no body in any case.
  unauthorizedBody: ({ apiChallenge }) => apiChallenge === 'nhn-samples',
  firelyMode: ({ firelySdk }) => firelySdk === 5,
  firelyThrowsStatus: ({ firelySdk }) => firelySdk === 5,
  mostIssues: ({ errorBody }) => errorBody === 'problem-json',
  assertionReuse: ({ assertionReuse }) => assertionReuse !== 'refuse',
  acknowledgedTag: ({ acknowledgedTag, acknowledgedTagReturned }) =>
    !acknowledgedTagReturned && acknowledgedTag === 'https://example.org/unheard-of|yes',
}

function isHidden(name: string, real: Assumptions): boolean {
  const question = QUESTIONS[name]
  return (question !== undefined && 'impossible' in question) || (HIDDEN[name]?.(real) ?? false)
}
