import { describe, expect, test, vi } from 'vitest'
import { refusalLine, refusalPrinter } from './refusals.ts'

const REFUSAL = {
  surface: 'helseid',
  status: 400,
  client: 'Bruno-Local',
  rule: 'assertion-expired',
  message: 'The client assertion\nexpired.',
  more: 2,
  link: 'http://localhost:7357/#/exchanges/x3',
}

describe('a line of a refusal', () => {
  test('has surface, status, client, rule, message and link', () => {
    expect(refusalLine(REFUSAL)).toBe(
      'refused: helseid 400 Bruno-Local assertion-expired: The client assertion expired. (and 2 more) http://localhost:7357/#/exchanges/x3',
    )
  })

  test('says what is not known', () => {
    expect(refusalLine({ status: 421, rule: 'http-host', message: 'Not here.', more: 0 })).toBe(
      'refused: no surface 421 (no client) http-host: Not here.',
    )
  })

  test('is bounded', () => {
    expect(refusalLine({ ...REFUSAL, message: 'x'.repeat(100_000) }).length).toBeLessThan(800)
  })
})

test('an output that nobody reads does not grow; what was left out is told', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  let waiting = 0
  const tell = refusalPrinter(() => waiting)
  tell(REFUSAL)
  waiting = 1024 * 1024
  for (let i = 0; i < 1_000; i += 1) tell(REFUSAL)
  waiting = 0
  tell(REFUSAL)
  const lines = written.mock.calls.map(([line]) => String(line).slice(0, 17))
  written.mockRestore()
  expect(lines).toEqual(['refused: helseid ', 'refused: 1000 mor', 'refused: helseid '])
})
