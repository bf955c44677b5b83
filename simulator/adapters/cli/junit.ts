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

/** What XML 1.0 has no place for, not even escaped: control characters and halves of surrogate pairs. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escaped(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
