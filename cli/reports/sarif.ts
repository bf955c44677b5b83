import { isAbsolute, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  addressee,
  type ExplainedIssue,
  type ListedRule,
  listedRules,
  VERSION,
  type Verdict,
} from '../../simulator/index.ts'
import type { CheckedFile } from './report-file.ts'

/**
 * The issues of the service that takes each payload as a SARIF 2.1.0 log (OASIS): one result per issue, each rule once. `properties.curedByVkp` of a result says
 * whether JFT accepts the payload after VKP's corrections; `properties.moreResults` of an artifact, how many there are beyond
 * those that are listed.
 */
export function sarifOf(checked: readonly CheckedFile[]): Record<string, unknown> {
  const issues = checked.flatMap(({ file, verdicts }) =>
    addressee(verdicts).verdict.issues.map((issue) => ({ file, issue, curedByVkp: verdicts.jftAfterVkp.accepted })),
  )
  const found = new Set(issues.map(({ issue }) => issue.rule))
  const rules = listedRules().filter(({ id }) => found.has(id))
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'jftsim', version: VERSION, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        artifacts: checked.map(({ file, verdicts }) => ({
          location: { uri: uriOf(file) },
          ...moreOf(addressee(verdicts).verdict),
        })),
        results: issues.map(({ file, issue, curedByVkp }) => ({
          ruleId: issue.rule,
          ruleIndex: indexOf.get(issue.rule),
          level: 'error',
          message: { text: `${issue.code}: ${issue.message} ${issue.fix}` },
          locations: [locationOf(file, issue)],
          properties: { code: issue.code, curedByVkp },
        })),
      },
    ],
  }
}

function moreOf({ more }: Verdict) {
  return more === undefined ? {} : { properties: { moreResults: more } }
}

function ruleOf(rule: ListedRule): Record<string, unknown> {
  const { certainty, source, address } = rule.sources.jft ?? rule
  return {
    id: rule.id,
    shortDescription: { text: `${rule.title}.` },
    help: { text: rule.fix },
    ...(address === undefined ? {} : { helpUri: address }),
    properties: { certainty, source },
  }
}

function locationOf(file: string, { line, column, expression }: ExplainedIssue): Record<string, unknown> {
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } }
  const logical = expression === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: expression }] }
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region }, ...logical }
}

/** A relative reference (RFC 3986) for a relative path, a file URL for others. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href
  return file.split(sep).map(encodeURIComponent).join('/')
}
