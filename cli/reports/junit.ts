import { type JunitCase, junitXml } from '../../scenarios/reports/junit-xml.ts'
import { addressee } from '../../simulator/index.ts'
import type { CheckedFile } from './report-file.ts'

/** Verdicts as a JUnit report: one test case per payload, which fails when the service rejects it that takes such. */
export function junitOf(checked: readonly CheckedFile[]): string {
  return junitXml('jftsim check', [{ name: 'jftsim check', cases: checked.map(caseOf) }]).trimEnd()
}

function caseOf({ file, verdicts }: CheckedFile): JunitCase {
  const { issues, more } = addressee(verdicts).verdict
  const common = { classname: 'jftsim.check', name: file }
  const [first] = issues
  if (first === undefined) return common
  const lines = issues.map(({ code, expression = '', line, message }) => {
    const place = [expression, line === undefined ? '' : `line ${line}`].filter((part) => part !== '').join(', ')
    return `${code}: ${message}${place === '' ? '' : ` At ${place}.`}`
  })
  const message = `${first.code}: ${first.message}`
  const unlisted = more === undefined ? [] : [`${more} more are not listed.`]
  const text = [...lines, ...unlisted, verdicts.cure].join('\n')
  return { ...common, outcome: { element: 'failure', type: first.rule, message, text } }
}
