import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { checkPayload } from '../../simulator/index.ts'
import { junitOf } from './junit.ts'
import type { CheckedFile } from './report-file.ts'
import { sarifOf } from './sarif.ts'

const note = noteFactory.build()
const WRAPPED = JSON.stringify({ ...note, author: note.author[0] }, null, 2)

describe('reports for CI', () => {
  const checked: readonly CheckedFile[] = [
    {
      file: 'a/right.json',
      text: JSON.stringify(note),
      encoding: 'utf-8',
      verdicts: checkPayload(JSON.stringify(note)),
    },
    { file: 'a/wr äpped.json', text: WRAPPED, encoding: 'utf-8', verdicts: checkPayload(WRAPPED) },
  ]

  test('SARIF 2.1.0', () => {
    const { issues } = checkPayload(WRAPPED).jft
    expect(sarifOf(checked)).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'jftsim',
              version: expect.any(String),
              rules: [expect.objectContaining({ id: 'r4-array-expected' })],
            },
          },
          columnKind: 'utf16CodeUnits',
          artifacts: [{ location: { uri: 'a/right.json' } }, { location: { uri: 'a/wr%20%C3%A4pped.json' } }],
          results: [
            {
              ruleId: 'r4-array-expected',
              ruleIndex: 0,
              level: 'error',
              message: {
                text: 'JSON111: Expected start of array. `author` must be a list; you sent one object: wrap it in [ ].',
              },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'a/wr%20%C3%A4pped.json' },
                    region: { startLine: issues[0]?.line, startColumn: issues[0]?.column },
                  },
                  logicalLocations: [{ fullyQualifiedName: 'Composition.author' }],
                },
              ],
              properties: { code: 'JSON111', curedByVkp: true },
            },
          ],
        },
      ],
    })
  })

  test('JUnit, with everything escaped that XML does not take', () => {
    const text = JSON.stringify({ resourceType: 'Composition', ' "<&>\u0000\uffff': 1 })
    const report = junitOf([...checked, { file: 'x"<&>.json', text, encoding: 'utf-8', verdicts: checkPayload(text) }])
    expect(report).toContain('<testsuites name="jftsim check" tests="3" failures="2" errors="0">')
    expect(report).toContain('<testcase classname="jftsim.check" name="a/right.json"/>')
    expect(report).toContain('name="x&quot;&lt;&amp;&gt;.json"')
    expect(report).toContain('Encountered unrecognized element &#39; &quot;&lt;&amp;&gt;\ufffd\ufffd&#39;.')
    expect(report.match(/<failure /g)).toHaveLength(2)
  })
})
