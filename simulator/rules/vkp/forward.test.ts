import { expect, test } from 'vitest'
import { issueOf } from '../catalogue.ts'
import { operationOutcome, problemDetails } from '../operation-outcome.ts'
import { issuesOfJft } from './forward.ts'

const MISSING = {
  ...issueOf('r4-missing-element', 'Element is missing.', { expression: 'Composition.title' }),
  code: 'PVAL105',
}

test('an OperationOutcome of the simulator keeps rule, code and place', () => {
  expect(issuesOfJft(400, JSON.stringify(operationOutcome([MISSING], 'jft')))).toEqual([
    { ...MISSING, message: 'JFT: Element is missing.' },
  ])
})

test('an OperationOutcome of anybody else’s is JFT’s refusal, in its words', () => {
  const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', diagnostics: 'No.' }] }
  expect(issuesOfJft(400, JSON.stringify(outcome))).toEqual([issueOf('vkp-jft-refused', 'JFT: No.')])
})

test('problem+json gives one issue for each message', () => {
  expect(issuesOfJft(400, JSON.stringify(problemDetails(400, [MISSING], 'jft')))).toEqual([
    issueOf('vkp-jft-refused', 'JFT: PVAL105: Element is missing.', { expression: 'Composition.title' }),
  ])
  expect(issuesOfJft(400, '{"title":"Bad Request"}')).toEqual([issueOf('vkp-jft-refused', 'JFT: Bad Request')])
})

test.each([
  ['', 'JFT: 400'],
  ['<html>', 'JFT: 400 <html>'],
  ['[]', 'JFT: 400 []'],
  ['{"issue":"none"}', 'JFT: 400 {"issue":"none"}'],
])('any other body %j is shown as it is', (text, message) => {
  expect(issuesOfJft(400, text)).toEqual([issueOf('vkp-jft-refused', message)])
})
