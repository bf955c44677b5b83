import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { dispensingFactory, noteFactory } from '../../fixtures/index.ts'
import { EVENT_TYPES, SUBMISSION_TYPES } from '../ground/event-types.ts'
import { type Assumptions, assumptionsSchema, SILENT_POINTS } from '../ground/settings/assumptions.ts'
import { PROVOCATIONS } from '../provocations.fixture.ts'
import { simulatorFor } from '../provoke.fixture.ts'
import { FHIR_RULES } from '../rules/catalogue/fhir.ts'
import { VKP_FORMAT_RULES } from '../rules/catalogue/vkp-format.ts'
import type { RuleId } from '../rules/catalogue.ts'
import { realIdentityNumber } from '../rules/identifiers.fixture.ts'
import { isSampled } from '../sample.fixture.ts'
import { type BodyCheck, checkBody } from '../services/body-checks.ts'
import { JFT_CHECKS } from '../services/jft-checks.ts'
import { checkPayload } from '../services/verdicts/check.ts'
import { VKP_CHECKS } from '../services/vkp-checks.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { createSigningKeys } from '../state/memory/keys.ts'
import type { ExchangeDetail } from './control/types.ts'

/** What the wire says of a body, and what `jftsim check` says, come from one list; here both are asked. */
const BASE = 'http://localhost:7357'
const MUNICIPALITY = '313231593'
const KEYS = createSigningKeys()
type Input = { readonly environment?: 'test' | 'prod'; readonly assumptions?: Partial<Assumptions> }

/** The rules that a body alone can break, at JFT and at VKP. */
const JFT_RULES: readonly string[] = [
  ...Object.keys(FHIR_RULES),
  ...['real', 'synthetic', 'invalid'].map((series) => `identity-number-${series}`),
  ...['http-size', 'jft-resource-type', 'jft-bundle-type'],
]
/** Of an endpoint that there is none of, nothing is read; that nothing was forwarded is not a check. */
const VKP_RULES: readonly string[] = [
  ...Object.keys(VKP_FORMAT_RULES).filter((rule) => !['vkp-endpoint-type', 'vkp-not-forwarded'].includes(rule)),
  'vkp-body-type',
]

const NOTE = noteFactory.build()
const TEXT = JSON.stringify(NOTE)
const DISPENSING = JSON.stringify(dispensingFactory.build())
/** Whom no series claims for itself: a month of +40, with right control digits. */
const UNDECIDABLE = '02450000011'

/** Bodies with a fault each, by the type of the event that has it: all of them in one type, and a sample in the others. */
let bodies: Readonly<Record<string, readonly string[]>> = {}
/** One string of more than a megabyte. */
const LONG = JSON.stringify({ ...NOTE, title: 'x'.repeat(1_048_577) })

beforeAll(async () => {
  const provoked: string[] = []
  for (const rule of new Set([...JFT_RULES, ...VKP_RULES]) as Set<RuleId>) provoked.push(...(await bodiesOf(rule)))
  const texts = [
    { ...NOTE, subject: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: UNDECIDABLE } } },
    { ...NOTE, title: `Ringte ${realIdentityNumber()}` },
    { resourceType: 'Observation', status: 'final', code: { text: 'x' } },
  ]
  const once = [...new Set([TEXT, DISPENSING, ...texts.map((one) => JSON.stringify(one)), ...provoked])]
  const some = once.filter((text) => isSampled(text, 10))
  bodies = { Composition: once, MedicationDispense: some.map(inDispensing), Bundle: some.map(inBundle) }
})

/** The bodies for an endpoint: each of its own type, and one of each other type. */
function bodiesFor(endpoint: string): readonly string[] {
  return Object.entries(bodies).flatMap(([type, texts]) => (type === endpoint ? texts : texts.slice(0, 1)))
}

/** The bodies that the request which breaks a rule sends to JFT or VKP. */
async function bodiesOf(rule: RuleId): Promise<string[]> {
  const provocation = PROVOCATIONS[rule]
  const simulator = simulatorFor(provocation, [])
  const sent: Promise<string>[] = []
  const fetch = (request: Request) => {
    if (/\/write\/v1\/\w+$|\/vkp\/epj/.test(request.url)) sent.push(request.clone().text())
    return simulator.fetch(request)
  }
  await provocation.act({ ...simulator, world: simulator.world, fetch })
  return (await Promise.all(sent)).filter((text) => text.length < 100_000)
}

/** The same fault in an event of another type. */
const inDispensing = (text: string) => DISPENSING.replace(/\}$/, `,"contained":[${text}]}`)
const inBundle = (text: string) => `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${text}}]}`

/** Every value of each setting that has a few, the two other things that decide, and what some rules need together. */
const USUAL: Input = {}
const SETTINGS: readonly Input[] = [
  USUAL,
  { environment: 'prod' },
  { assumptions: { sizeLimitBytes: 300 } },
  ...Object.entries(SILENT_POINTS).flatMap(([name, { schema }]) =>
    valuesOf(schema).map((value) => ({ assumptions: { [name]: value } })),
  ),
  ...wrongInTwoWays(),
]

function wrongInTwoWays(): Input[] {
  const inputs = [...JFT_RULES, ...VKP_RULES].map((rule) => PROVOCATIONS[rule as RuleId].input?.assumptions ?? {})
  const several = inputs.filter((assumptions) => Object.keys(assumptions).length > 1)
  return [...new Set(several.map((one) => JSON.stringify(one)))].map((one) => ({ assumptions: JSON.parse(one) }))
}

function valuesOf(schema: z.ZodType): readonly unknown[] {
  const { enum: values, type } = z.toJSONSchema(schema, { io: 'input' }) as { enum?: unknown[]; type?: string }
  return values ?? (type === 'boolean' ? [true, false] : [])
}

const DEFAULTS = assumptionsSchema.parse({})

/** What the checks find, without the verdicts around it. */
function found(checks: readonly BodyCheck[], text: string, { environment = 'test', assumptions }: Input): string {
  const settings = { environment, assumptions: { ...DEFAULTS, ...assumptions }, switchedOff: new Set<RuleId>() }
  return JSON.stringify(checkBody(checks, { text }, settings, (issues) => issues).refused ?? [])
}

/** What the checks find by default, and the settings that they read on the way: no other can change it. */
function usual(checks: readonly BodyCheck[], text: string): { found: string; read: ReadonlySet<PropertyKey> } {
  const known = usuals.get(checks) ?? new Map()
  usuals.set(checks, known)
  if (!known.has(text)) {
    const read = new Set<PropertyKey>()
    const get = (of: Assumptions, name: keyof Assumptions) => {
      read.add(name)
      return of[name]
    }
    const assumptions = new Proxy(DEFAULTS, { get } as ProxyHandler<Assumptions>)
    const settings = { environment: 'test', assumptions, switchedOff: new Set<RuleId>() } as const
    const { refused = [] } = checkBody(checks, { text }, settings, (issues) => issues)
    known.set(text, { found: JSON.stringify(refused), read })
  }
  return known.get(text)
}

const usuals = new Map<readonly BodyCheck[], Map<string, ReturnType<typeof usual>>>()

/** Of the bodies of which the checks find something else under a setting than by default, one for each outcome. */
function changedBy(input: Input, checks: readonly BodyCheck[], texts: readonly string[]): readonly string[] {
  const outcomes = new Map<string, string>()
  const names = Object.keys(input.assumptions ?? {})
  for (const text of texts) {
    const before = usual(checks, text)
    if (input.environment === undefined && !names.some((name) => before.read.has(name))) continue
    const now = found(checks, text, input)
    if (now !== before.found) outcomes.set(rulesOf(now), text)
  }
  return [...outcomes.values()]
}

/** The settings under which one of the bodies is judged otherwise than by default. */
function decisive(checks: readonly BodyCheck[]): readonly Input[] {
  const known = decided.get(checks)
  if (known) return known
  const texts = bodies.Composition ?? []
  const usual = texts.map((text) => found(checks, text, USUAL))
  const inputs = SETTINGS.filter((input) => texts.some((text, at) => found(checks, text, input) !== usual[at]))
  decided.set(checks, inputs)
  return inputs
}

const decided = new Map<readonly BodyCheck[], readonly Input[]>()

const rulesOf = (issues: string) => issues.match(/"rule":"[\w-]+"/g)?.join() ?? ''

/** What the wire says: the issues of the exchange, and the step that refused. */
async function post(simulator: Simulator, path: string, body: string) {
  const headers = { 'content-type': 'application/json', 'jftsim-municipality': MUNICIPALITY }
  const answer = await simulator.fetch(new Request(BASE + path, { method: 'POST', headers, body }))
  const id = answer.headers.get('jftsim-exchange')?.split('/').at(-1)
  const exchange = (await (await simulator.fetch(new Request(`${BASE}/_sim/exchanges/${id}`))).json()) as ExchangeDetail
  const stopped = exchange.steps.find(({ outcome }) => outcome === 'stopped')?.name
  return { status: answer.status, text: await answer.text(), exchange, stopped }
}

/** Posts bodies to an endpoint, and compares; gives the rules that were broken. */
async function compare(service: 'jft' | 'vkp', endpoint: string, input: Input, texts: readonly string[]) {
  const simulator = createSimulator({ ...input, auth: 'relaxed' }, { keys: KEYS })
  const steps = (service === 'jft' ? JFT_CHECKS : VKP_CHECKS).map(([step]) => step)
  const path = service === 'jft' ? `/write/v1/${endpoint}` : `/vkp/epj/r4/${MUNICIPALITY}/${endpoint.toLowerCase()}`
  const rules: string[] = []
  for (const body of texts) {
    const { status, text, exchange, stopped = '' } = await post(simulator, path, body)
    const { corrected: _corrected, fixed: _fixed, ...verdicts } = checkPayload(body, { ...input, endpoint })
    const refused = steps.some((step) => step === stopped)
    expect({ refused, issues: refused ? exchange.issues : [] }, body.slice(0, 300)).toEqual({
      refused: !verdicts[service].accepted,
      issues: verdicts[service].issues,
    })
    if (!refused) continue
    rules.push(...exchange.issues.map(({ rule }) => rule))
    if (status === 413) continue
    // Of what is long and refused, both verdicts are given where somebody asks for them.
    if (body.length > LONGEST_JUDGED) {
      expect(exchange.verdicts).toBeUndefined()
      continue
    }
    expect(exchange.verdicts).toEqual(verdicts)
    expect(text).toContain('urn:jft-simulator:verdicts')
  }
  return rules
}

const LONGEST_JUDGED = 256 * 1024

const SERVICES = [
  ['jft', JFT_CHECKS, EVENT_TYPES, JFT_RULES],
  ['vkp', VKP_CHECKS, SUBMISSION_TYPES, VKP_RULES],
] as const

describe.each(SERVICES)('%s refuses a body on the wire as check does', (service, checks, endpoints, rules) => {
  const broken = new Set<string>()

  test.each(endpoints)(
    'at the endpoint of %s, for every rule and under every setting that changes a check',
    async (endpoint) => {
      for (const input of [USUAL, ...decisive(checks)]) {
        const texts = input === USUAL ? bodiesFor(endpoint) : changedBy(input, checks, bodiesFor(endpoint))
        if (texts.length === 0) continue
        for (const rule of await compare(service, endpoint, input, texts)) broken.add(rule)
      }
    },
  )

  test('and every rule that a body can break was broken', async () => {
    const large = { assumptions: { sizeLimitBytes: 4_000_000 } }
    const [endpoint = ''] = endpoints
    for (const rule of await compare(service, endpoint, large, [inBundle(LONG)])) broken.add(rule)
    expect(rules.filter((rule) => !broken.has(rule))).toEqual([])
  })
})

test('the settings that change a check are found', () => {
  const named = (checks: readonly BodyCheck[]) => {
    const inputs = decisive(checks)
    return [
      ...new Set(inputs.flatMap(({ assumptions, environment }) => environment ?? Object.keys(assumptions ?? {}))),
    ].sort()
  }
  expect(named(JFT_CHECKS)).toEqual([
    'bundleType',
    'firelyMode',
    'firelySdk',
    'identityNumberScope',
    'otherSyntheticSeries',
    'prod',
    'sizeLimitBytes',
    'whitespaceOnlyStrings',
  ])
  expect(named(VKP_CHECKS)).toEqual(['vkpProfileCheck'])
})
