import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { checkPayload } from '../../simulator/index.ts'
import { describeVerdicts } from './describe.ts'
import { junitOf } from './junit.ts'
import { type CheckedFile, publicForm } from './report-file.ts'
import { sarifOf } from './sarif.ts'

/** 2,500 issues, of which the setting lets 1,000 be listed; VKP has nothing to say of them. */
const MANY = JSON.stringify({ ...noteFactory.build(), category: Array.from({ length: 2_500 }, () => '') })

const checked = (text: string): CheckedFile => ({
  file: 'many.json',
  text,
  encoding: 'utf-8',
  verdicts: checkPayload(text),
})

describe('issues beyond those that are listed are counted', () => {
  const file = checked(MANY)
  const { issues, more } = file.verdicts.jft

  test('so many of them are there', () => expect(issues.length + (more ?? 0)).toBe(2_500))

  test('for a reader', () => {
    const lines = describeVerdicts(file).split('\n')
    expect(lines[0]).toBe('many.json: rejected by JFT, 2500 issues')
    expect(lines).toContain(`  and ${more} more that are not listed`)
  })

  test('with --json, as a member that other verdicts do not have', () => {
    expect(publicForm(file).jft).toMatchObject({ accepted: false, more })
    expect(publicForm(checked('{"resourceType":"Composition"}')).jft).not.toHaveProperty('more')
  })

  test('in JUnit and in SARIF', () => {
    expect(junitOf([file])).toContain(`\n${more} more are not listed.\n`)
    expect(sarifOf([file])).toMatchObject({ runs: [{ artifacts: [{ properties: { moreResults: more } }] }] })
  })
})
