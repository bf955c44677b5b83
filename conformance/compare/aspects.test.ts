import { describe, expect, test } from 'vitest'
import { compare, wording } from './aspects.ts'
import type { Said, SaidIssue } from './said.ts'

const issue = (code: string, rest: Partial<SaidIssue> = {}): SaidIssue => ({
  code,
  path: 'Patient.name[0]',
  position: '1:2',
  message: "Found 'x'.",
  severity: 'error',
  ...rest,
})

const said = (issues: readonly SaidIssue[], rest: Partial<Said> = {}): Said => ({
  strict: { thrown: undefined, issues, more: 0, outcome: issues.length > 0 ? issues : undefined },
  lenient: { accepted: true, message: '' },
  forwarded: '{}',
  ...rest,
})

const refused = (message: string): Partial<Said> => ({ lenient: { accepted: false, message }, forwarded: undefined })

function differences(library: Said, ours: Said): Record<string, string> {
  const found = [...compare(library, ours)].filter(([, outcome]) => outcome !== 'same')
  return Object.fromEntries(found.map(([aspect, outcome]) => [aspect, outcome === 'same' ? '' : outcome.sort]))
}

describe('what is compared', () => {
  test('nothing differs between equals', () => {
    expect(differences(said([issue('JSON111')]), said([issue('JSON111')]))).toEqual({})
  })

  test('verdict and codes, from the first code that differs to the last', () => {
    expect(differences(said([issue('JSON120'), issue('PVAL129')]), said([issue('JSON120')]))).toEqual({
      codes: '[PVAL129] / []',
    })
    expect(differences(said([]), said([issue('PVAL112')]))).toEqual({
      verdict: 'accepted / PVAL112',
      codes: '[] / [PVAL112]',
    })
  })

  test('paths, positions and messages only where the codes are equal', () => {
    const other = issue('JSON111', { path: 'Patient.name', position: '1:3', message: "Found 'y'" })
    expect(Object.keys(differences(said([issue('JSON111')]), said([other])))).toEqual([
      'paths',
      'positions',
      'messages',
      'outcome',
    ])
    expect(Object.keys(differences(said([issue('JSON111')]), said([issue('JSON118'), other])))).toEqual(['codes'])
  })

  test('a syntax error and a throw are a code of their own', () => {
    const thrown = (what: 'syntax' | 'throws') => ({
      ...said([]),
      strict: { thrown: what, issues: [], more: 0, outcome: undefined },
    })
    expect(differences(thrown('syntax'), thrown('syntax'))).toEqual({})
    expect(differences(thrown('throws'), said([issue('PVAL127')]))).toEqual({ codes: '[throws] / [PVAL127]' })
  })

  test('the lenient verdict, its message, and the forwarded text', () => {
    expect(differences(said([], refused("No 'x'.")), said([]))).toEqual({ 'lenient verdict': 'No ‹›. / accepted' })
    expect(differences(said([], refused("No 'x'.")), said([], refused("No 'y'.")))).toEqual({
      'lenient message': 'No ‹›. / No ‹›.',
    })
    expect(differences(said([], { forwarded: '{"a":100}' }), said([], { forwarded: '{"a":1e2}' }))).toEqual({
      'forwarded text': '0: 0} / a0}',
    })
  })
})

test('a message is compared without its values when it is sorted', () => {
  expect(wording("Literal '2020' cannot be parsed as a date. (at Patient.birthDate[0])")).toBe(
    'Literal ‹› cannot be parsed as a date. (at ‹›)',
  )
})
