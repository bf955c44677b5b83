import { escaped } from '../../scenarios/reports/escape.ts'
import type { CheckedFile } from './report-file.ts'

/** JFT's verdicts as a JUnit report: one test case per payload, which fails when JFT rejects it. */
export function junitOf(checked: readonly CheckedFile[]): string {
  const failures = checked.filter(({ verdicts }) => !verdicts.jft.accepted).length
  const counts = `tests="${checked.length}" failures="${failures}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="jftsim check" ${counts}>`,
    `  <testsuite name="jftsim check" ${counts}>`,
    ...checked.map(testCase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

function testCase({ file, verdicts: { jft, cure } }: CheckedFile): string {
  const open = `    <testcase classname="jftsim.check" name="${escaped(file)}"`
  const [first] = jft.issues
  if (first === undefined) return `${open}/>`
  const lines = jft.issues.map(({ code, expression = '', line, message }) => {
    const place = [expression, line === undefined ? '' : `line ${line}`].filter((part) => part !== '').join(', ')
    return `${code}: ${message}${place === '' ? '' : ` At ${place}.`}`
  })
  const message = escaped(`${first.code}: ${first.message}`)
  const text = escaped([...lines, cure].join('\n'))
  return `${open}>\n      <failure type="${escaped(first.rule)}" message="${message}">${text}</failure>\n    </testcase>`
}
