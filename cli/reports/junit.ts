import { type JunitCase, junitXml } from '../../scenarios/reports/junit-xml.ts'
import type { CheckedFile } from './report-file.ts'

/** JFT's verdicts as a JUnit report: one test case per payload, which fails when JFT rejects it. */
export function junitOf(checked: readonly CheckedFile[]): string {
  return junitXml('jftsim check', [{ name: 'jftsim check', cases: checked.map(caseOf) }]).trimEnd()
}

function caseOf({ file, verdicts: { jft, cure } }: CheckedFile): JunitCase {
  const common = { classname: 'jftsim.check', name: file }
  const [first] = jft.issues
  if (first === undefined) return common
  const lines = jft.issues.map(({ code, expression = '', line, message }) => {
    const place = [expression, line === undefined ? '' : `line ${line}`].filter((part) => part !== '').join(', ')
    return `${code}: ${message}${place === '' ? '' : ` At ${place}.`}`
  })
  const message = `${first.code}: ${first.message}`
  const unlisted = jft.more === undefined ? [] : [`${jft.more} more are not listed.`]
  const text = [...lines, ...unlisted, cure].join('\n')
  return { ...common, outcome: { element: 'failure', type: first.rule, message, text } }
}
