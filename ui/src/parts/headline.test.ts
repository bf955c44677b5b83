import { describe, expect, test } from 'vitest'
import { type Advice, advise, sayAdvice } from '../../../simulator/rules/fixes/advice.ts'
import type { ShownIssue } from '../data/api.ts'
import { headlineOf } from './headline.ts'

function issue(rule: string, more: Partial<ShownIssue> = {}): ShownIssue {
  return { rule, certainty: 'documented', source: 'a page', message: 'The message.', fix: 'The fix.', ...more }
}

const advised = (advice: Advice) => headlineOf(issue('r4-array-expected', { advice, fix: sayAdvice(advice) }))

describe('a headline', () => {
  test('says the cause of an advice, and leaves out what to do', () => {
    expect(advised(advise('wrap', { name: 'author', found: advise('one-object') }))).toBe(
      '`author` must be a list; you sent one object',
    )
    expect(advised(advise('unknown', { owner: 'Composition', name: 'x', elements: ['a', 'b'] }))).toBe(
      '`Composition` has no element `x`',
    )
    expect(advised(advise('resource-type-near', { sent: 'Observaton', nearest: 'Observation' }))).toBe(
      'R4 has no resource type "Observaton"; "Observation" is nearest',
    )
  })

  test('is whole whatever the payload has in it: colons, full stops, brackets and quotes', () => {
    expect(advised(advise('wrap', { name: 'a: b. (', found: advise('one-object') }))).toBe(
      '`a: b. (` must be a list; you sent one object',
    )
    expect(advised(advise('resource-type-near', { sent: 'A". B: "', nearest: 'Account' }))).toBe(
      'R4 has no resource type "A". B: ""; "Account" is nearest',
    )
  })

  test('is another sentence where the advice says only what to do', () => {
    const values = { name: 'title', owner: 'Composition', expected: advise('string') }
    expect(advised(advise('add', values))).toBe('`title` is required in `Composition` and missing')
    expect(advised(advise('json-comma'))).toBe('This is not JSON: nothing follows a comma (trailing comma)')
    expect(advised(advise('json-bare'))).toBe('This is not JSON: A text must be in double quotes')
  })

  test('without an advice is that of the rule, with the element, or the message', () => {
    expect(headlineOf(issue('r4-empty-object', { expression: 'Composition.author[0].identifier' }))).toBe(
      '`identifier` is an empty object',
    )
    expect(headlineOf(issue('a-rule-of-another-version'))).toBe('The message.')
  })
})

test('of a correction of VKP says what was done to which element', () => {
  const evidence = { kind: 'wrap', before: '{}', after: '[{}]' }
  expect(headlineOf(issue('vkp-corrected', { expression: 'Composition.author', evidence }))).toBe(
    'VKP corrected `author`: wrapped in [ ]',
  )
})
