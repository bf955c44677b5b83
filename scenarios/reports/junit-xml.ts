/** One test case of a JUnit report; without an outcome it passed. */
export interface JunitCase {
  readonly classname: string
  readonly name: string
  readonly milliseconds?: number
  /** What it wrote. */
  readonly output?: string
  readonly outcome?: {
    readonly element: 'failure' | 'skipped'
    readonly type?: string
    readonly message: string
    readonly text?: string
  }
}

/** One suite. */
export interface JunitSuite {
  readonly name: string
  readonly milliseconds?: number
  /** ISO 8601. */
  readonly started?: string
  readonly file?: string | undefined
  readonly properties?: Readonly<Record<string, string>>
  readonly cases: readonly JunitCase[]
}

/** Suites as JUnit XML, in the form that Jenkins, GitLab and Azure DevOps read. */
export function junitXml(name: string, suites: readonly JunitSuite[], milliseconds?: number): string {
  const cases = suites.flatMap((suite) => suite.cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributesOf({ name, ...wholeOf(cases), time: seconds(milliseconds) })}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteLines({ name, milliseconds, started, file, properties = {}, cases }: JunitSuite): string[] {
  const time = seconds(milliseconds)
  const timestamp = started?.replace(/\.\d+Z$/, '')
  const listed = Object.entries(properties).map(
    ([key, value]) => `      <property${attributesOf({ name: key, value })}/>`,
  )
  return [
    `  <testsuite${attributesOf({ name, ...countsOf(cases), time, timestamp, file })}>`,
    ...(listed.length === 0 ? [] : ['    <properties>', ...listed, '    </properties>']),
    ...cases.map(caseText),
    '  </testsuite>',
  ]
}

function caseText({ classname, name, milliseconds, output, outcome }: JunitCase): string {
  const open = `    <testcase${attributesOf({ classname, name, time: seconds(milliseconds) })}`
  const lines = [
    ...(outcome === undefined ? [] : [outcomeText(outcome)]),
    ...(output === undefined ? [] : [`      <system-out>${escaped(output)}</system-out>`]),
  ]
  return lines.length === 0 ? `${open}/>` : [`${open}>`, ...lines, '    </testcase>'].join('\n')
}

function outcomeText({ element, type, message, text = '' }: NonNullable<JunitCase['outcome']>): string {
  return `      <${element}${attributesOf({ type, message })}>${escaped(text)}</${element}>`
}

function wholeOf(cases: readonly JunitCase[]) {
  const failures = cases.filter(({ outcome }) => outcome?.element === 'failure').length
  return { tests: cases.length, failures, errors: 0 }
}

function countsOf(cases: readonly JunitCase[]) {
  return { ...wholeOf(cases), skipped: cases.filter(({ outcome }) => outcome?.element === 'skipped').length }
}

function attributesOf(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escaped(String(value))}"`]))
    .join('')
}

function seconds(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : (milliseconds / 1000).toFixed(3)
}

/** What XML 1.0 has no place for, not even escaped: control characters and halves of surrogate pairs. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text inside an element or an attribute of XML. */
function escaped(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
