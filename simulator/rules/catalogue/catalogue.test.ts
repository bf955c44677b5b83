import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { collect } from '../../ground/collect.ts'
import { DOCUMENTS } from '../../ground/documents.ts'
import { QUOTES } from '../../ground/quotes.generated.ts'
import type { Service } from '../../ground/services.ts'
import { SILENT_POINTS } from '../../ground/settings/assumptions.ts'
import { serviceOf } from '../../ground/surfaces.ts'
import { PROVOCATIONS } from '../../provocations.fixture.ts'
import { simulatorFor } from '../../provoke.fixture.ts'
import { CATALOGUE, issueOf, type RuleId, ruleOf, type Source } from '../catalogue.ts'
import { explain } from '../operation-outcome.ts'
import { listedRules } from './listed.ts'
import { assumed, citationOf, documented, observed, quoted, sourceText } from './source.ts'

const RULES = Object.keys(CATALOGUE) as RuleId[]
const SOURCES = RULES.flatMap((id) =>
  Object.entries(ruleOf(id).sources).map(([service, source]) => ({ id: `${id} ${service}`, source })),
)
const wrong = (is: (source: Source) => boolean) => SOURCES.filter(({ source }) => is(source)).map(({ id }) => id)

describe('a rule says for each service how sure it is, and from where', () => {
  test('every rule has a source', () => {
    expect(RULES.filter((id) => Object.keys(ruleOf(id).sources).length === 0)).toEqual([])
  })

  test('every citation is a key of the tables of documents, requirements and settings', () => {
    expect(wrong(({ document }) => document !== undefined && !(document in DOCUMENTS))).toEqual([])
    expect(wrong(({ requirements = [] }) => requirements.some((id) => !(id in QUOTES)))).toEqual([])
    expect(wrong(({ setting }) => setting !== undefined && !(setting in SILENT_POINTS))).toEqual([])
  })

  test('what is documented or observed names its document, and what is not documented its reasoning', () => {
    expect(wrong((one) => one.certainty !== 'assumed' && citationOf(one).document === undefined)).toEqual([])
    expect(wrong((one) => one.certainty !== 'documented' && one.reasoning === undefined)).toEqual([])
  })

  test('the quotes that make up one source are of one document', () => {
    const documents = ({ requirements = [] }: Source) => new Set(requirements.map((id) => QUOTES[id].document))
    expect(wrong((one) => documents(one).size > 1)).toEqual([])
  })

  test('a section of the documentation that a rule cites is there', () => {
    const docs = new URL('../../../docs/', import.meta.url)
    const pages = readdirSync(docs).filter((file) => file.endsWith('.md'))
    const text = pages.map((file) => readFileSync(new URL(file, docs), 'utf8')).join('\n')
    expect(
      wrong(({ document, section = '' }) => document === 'documentation' && !text.includes(`\n## ${section}\n`)),
    ).toEqual([])
  })
})

test('an issue is explained for the service that found it', () => {
  const issue = issueOf('search-count', '_count is 51; it can be 1 to 50.')
  const overview = DOCUMENTS['pit-overview']
  expect(explain(issue, 'jft')).toEqual({
    ...issue,
    patch: null,
    certainty: 'assumed',
    source: `${overview.title}, "Pagination" (${overview.date}): The sister service says 1 to 50; JFT gives no range.`,
    document: 'pit-overview',
    address: overview.address,
    fix: ruleOf('search-count').fix,
  })
  expect(explain(issue, 'pit')).toMatchObject({ certainty: 'documented', document: 'pit-overview' })
})

test('a rule that a service hands on is explained by the service that has it', () => {
  const issue = issueOf('r4-missing-element', 'status is missing')
  expect(explain(issue, 'vkp')).toEqual(explain(issue, 'jft'))
})

test('a listed rule has the certainty and source of its first service, and those of all', () => {
  const rule = listedRules().find(({ id }) => id === 'search-count')
  expect(rule).toMatchObject({ certainty: 'assumed', sources: { jft: { certainty: 'assumed' } } })
  expect(rule?.sources.pit?.certainty).toBe('documented')
  expect(listedRules().map(({ id }) => id)).toEqual(RULES)
})

const { title, date } = DOCUMENTS['jft-write']

test.each<[string, Source, string]>([
  [
    'a sentence that is quoted',
    quoted('write-nin-test', 'The status is assumed.'),
    `${title}, "Handling of national identification numbers (NINs)" (${date}): "Test: Only synthetic identity numbers are accepted." The status is assumed.`,
  ],
  [
    'what was left out between two quotes',
    quoted(['write-format-structure-400', 'write-format-mandatory-400']),
    `${title}, "Format check" (${date}): "Requests with invalid JSON structures … missing mandatory FHIR elements are rejected with 400 Bad Request"`,
  ],
  [
    'a section by its number',
    documented({ document: 'rfc-9449', section: 'section 6' }),
    'RFC 9449, section 6 (2023-09-01)',
  ],
  [
    'a file, and a document without a date',
    observed({ document: 'firely-sdk-6', section: 'CodedValidationException.cs', reasoning: 'It does so.' }),
    'Firely .NET SDK 6, CodedValidationException.cs: It does so.',
  ],
  ['a setting', assumed({ setting: 'acknowledgeBy', reasoning: 'No roles.' }), 'Setting acknowledgeBy: No roles.'],
  ['nothing but a reasoning', assumed({ reasoning: 'A limit.' }), 'The simulator: A limit.'],
])('%s in one line', (_name, source, line) => {
  expect(sourceText(source)).toBe(line)
})

describe('a rule has a source for every service whose surface answers by it', () => {
  test.each(RULES)('%s', async (rule) => {
    const simulator = simulatorFor(PROVOCATIONS[rule], [])
    await PROVOCATIONS[rule].act(simulator)
    const exchanges = await collect(simulator.world.state.journal.since(0))
    const found = exchanges.flatMap(({ surface, issues, warnings }) =>
      [...issues, ...warnings].map((issue) => ({ rule: issue.rule, service: serviceOf(surface) })),
    )
    expect(found.filter((one) => !isSourced(one))).toEqual([])
  })
})

/** VKP hands JFT's issues on, and has no source of its own for them. */
function isSourced({ rule, service }: { readonly rule: RuleId; readonly service: Service }): boolean {
  const { sources } = ruleOf(rule)
  return sources[service] !== undefined || (service === 'vkp' && sources.jft !== undefined)
}
