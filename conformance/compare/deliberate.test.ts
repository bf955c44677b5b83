import { describe, expect, test } from 'vitest'
import type { Aspect } from './aspects.ts'
import { deliberateFor } from './deliberate.ts'
import type { Said } from './said.ts'

const said = (rest: Partial<Said> = {}): Said => ({
  strict: { thrown: undefined, issues: [], more: 0, outcome: undefined },
  lenient: { accepted: true, message: '' },
  forwarded: '{}',
  ...rest,
})
const forwarding = (forwarded: string) => said({ forwarded })
const refusing = (message: string) => said({ lenient: { accepted: false, message }, forwarded: undefined })

function isMeant(aspect: Aspect, sdk: 5 | 6, library: Said, ours: Said, payload = '{}'): boolean {
  const difference = { aspect, library: '', ours: '', sort: 'a / b' }
  return deliberateFor(difference, { library, ours, payload: Buffer.from(payload, 'latin1') }, sdk) !== undefined
}

describe('what is meant', () => {
  test('is nothing of the strict reader', () => {
    expect(isMeant('verdict', 5, said(), said())).toBe(false)
    expect(isMeant('codes', 6, said(), said())).toBe(false)
  })

  test('is UTF-16 at the lenient reader, of both versions', () => {
    const ours = refusing('Invalid Json encountered.')
    expect([5, 6].map((sdk) => isMeant('lenient verdict', sdk as 5 | 6, said(), ours, '\xff\xfe{\0}\0'))).toEqual([
      true,
      true,
    ])
    expect(isMeant('lenient verdict', 5, said(), ours)).toBe(false)
  })

  test('is the place that System.Text.Json adds to an exception, and not another exception', () => {
    const throwing = (exception: string) =>
      said({ strict: { thrown: 'throws', exception, issues: [], more: 0, outcome: undefined } })
    const exception = 'NotSupportedException: Cannot generate factory method.'
    const library = throwing(`${exception} Path: $ | LineNumber: 0 | BytePositionInLine: 1.`)
    expect(isMeant('messages', 6, library, throwing(exception))).toBe(true)
    expect(isMeant('messages', 6, library, throwing('NotSupportedException'))).toBe(false)
    expect(isMeant('messages', 6, said(), said())).toBe(false)
  })

  test('is which member of a datatype at the root is named first, where both refuse it', () => {
    const throwing = said({ strict: { thrown: 'throws', issues: [], more: 0, outcome: undefined } })
    const isMeantOf = (type: string, ours: Said) =>
      isMeant('codes', 6, throwing, ours, JSON.stringify({ resourceType: type, id: 'x' }))
    expect(['Element', 'string', 'Meta'].map((type) => isMeantOf(type, throwing))).toEqual([true, true, true])
    expect(['Patient', 'Resource', 'Foo'].map((type) => isMeantOf(type, throwing))).toEqual([false, false, false])
    expect(isMeantOf('Element', said())).toBe(false)
  })

  test('is what version 6 has lost of the old reader, not what version 5 says', () => {
    const ours = refusing("While building a POCO: Element 'id' must not repeat (at Patient.id[1])")
    expect(isMeant('lenient verdict', 6, said(), ours)).toBe(true)
    expect(isMeant('lenient verdict', 5, said(), ours)).toBe(false)
    expect(isMeant('lenient verdict', 6, said(), refusing('Something else'))).toBe(false)
  })

  test('is how version 6 writes instants, escapes and companions of ids, and no other value', () => {
    const instants = ['{"timestamp":"2026-01-01T00:00:00Z"}', '{"timestamp":"2026-01-01T00:00:00+00:00"}'] as const
    const escapes = ['{"text":"\\u007F"}', '{"text":"\u007f"}'] as const
    const companions = ['{"name":[{"id":"x","_id":{"id":"y"}}]}', '{"name":[{"id":"x"}]}'] as const
    const numbers = ['{"value":1.50}', '{"value":1.5}'] as const
    const meant = (sdk: 5 | 6, [library, ours]: readonly [string, string]) =>
      isMeant('forwarded text', sdk, forwarding(library), forwarding(ours))
    expect([instants, escapes, companions, numbers].map((one) => meant(6, one))).toEqual([true, true, true, false])
    expect([instants, escapes, companions].map((one) => meant(5, one))).toEqual([false, false, false])
  })
})
