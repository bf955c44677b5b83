import { expect, test } from 'vitest'
import type { EventSummary } from '../data/api.ts'
import { kindOf } from './event-kind.ts'

test('an event is called by its kind, or by its type where that has a word', () => {
  expect(kindOf('alarm')).toBe('Alarm')
  expect(kindOf('Composition')).toBe('Journal note')
  expect(kindOf('Immunization' as EventSummary['kind'])).toBe('Immunization')
})
