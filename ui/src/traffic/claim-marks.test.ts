import { describe, expect, test } from 'vitest'
import type { Issue, Step } from '../data/api.ts'
import { decodeToken } from '../parts/jwt.ts'
import { tokenPart } from '../parts/token.fixture.ts'
import { claimMarks } from './claim-marks.ts'

const step = (name: string, outcome: Step['outcome']): Step => ({ name, outcome, milliseconds: 1, rules: [] })
const issue = (rule: Issue['rule']): Issue => ({
  rule,
  code: rule,
  severity: 'error',
  message: `wrong: ${rule}`,
  certainty: 'documented',
  source: 'a page',
  fix: 'mend it',
  patch: null,
})

describe('claimMarks', () => {
  test('what a passed step looks at is checked, the rest is not looked at', () => {
    const marks = claimMarks('token', [step('token', 'passed'), step('scope', 'passed')], [])
    expect(['aud', 'exp', 'scope', 'client_id'].map((name) => marks(name).state)).toEqual([
      'checked',
      'checked',
      'checked',
      'unchecked',
    ])
  })

  test('the claim that a rule is about has failed; no other is called checked', () => {
    const marks = claimMarks('token', [step('token', 'stopped')], [issue('token-audience')])
    expect(marks('aud')).toEqual({ state: 'failed', message: 'wrong: token-audience' })
    expect(marks('exp')).toEqual({ state: 'unchecked' })
  })

  test('rules of the proof do not mark the token', () => {
    const issues = [issue('dpop-iat')]
    expect(claimMarks('token', [step('token', 'stopped')], issues)('iat').state).toBe('unchecked')
    expect(claimMarks('dpop', [step('token', 'stopped')], issues)('iat').state).toBe('failed')
  })
})

describe('decodeToken', () => {
  test('header and claims, with or without the signature', () => {
    const parts = `${tokenPart({ alg: 'RS256' })}.${tokenPart({ name: 'Åse' })}`
    const decoded = { header: { alg: 'RS256' }, claims: { name: 'Åse' } }
    expect(decodeToken(`DPoP ${parts}.[signature removed]`)).toEqual(decoded)
    expect(decodeToken(`${parts}.c2ln`)).toEqual(decoded)
  })

  test.each(['', 'Basic abc', 'DPoP a.b.c', `${tokenPart(1)}.${tokenPart({})}.x`])('%j cannot be read', (value) => {
    expect(decodeToken(value)).toBeUndefined()
  })
})
