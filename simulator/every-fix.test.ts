import { describe, expect, test } from 'vitest'
import { collect } from './ground/collect.ts'
import { PROVOCATIONS } from './provocations.fixture.ts'
import { simulatorFor } from './provoke.fixture.ts'
import { FHIR_RULES, type FhirRuleId } from './rules/catalogue/fhir.ts'
import { VKP_FORMAT_RULES } from './rules/catalogue/vkp-format.ts'
import { CATALOGUE, type RuleId } from './rules/catalogue.ts'
import { sayAdvice } from './rules/fixes/advice.ts'

/** That nothing is forwarded is what comes of another rule; an endpoint is a path. */
const NOT_OF_BODY: ReadonlySet<RuleId> = new Set(['vkp-not-forwarded', 'vkp-endpoint-type'])

/** The rules that the body of a submission can break, at JFT and at VKP. */
const BODY_RULES = [
  ...(Object.keys(FHIR_RULES) as FhirRuleId[]),
  ...(Object.keys(VKP_FORMAT_RULES) as (keyof typeof VKP_FORMAT_RULES)[]).filter((rule) => !NOT_OF_BODY.has(rule)),
  'http-size',
  'http-encoding',
  'jft-resource-type',
  'jft-bundle-type',
  'identity-number-real',
  'identity-number-synthetic',
  'identity-number-invalid',
] as const satisfies readonly RuleId[]

describe('every rule that a body can break says what to do here', () => {
  test.each(BODY_RULES)('%s', async (rule) => {
    const provocation = PROVOCATIONS[rule]
    const simulator = simulatorFor(provocation, [])
    const answer = await (await provocation.act(simulator)).text()
    const exchanges = await collect(simulator.world.state.journal.since(0))
    const issue = exchanges.flatMap(({ issues }) => issues).find((one) => one.rule === rule)
    const said = issue?.advice === undefined ? fixIn(answer, rule) : sayAdvice(issue.advice)
    expect(said).toMatch(/^.{10,}[.]$/s)
    expect(said).not.toMatch(/\{\w+\}|undefined|``/)
    expect(said).not.toBe(CATALOGUE[rule].fix)
  })
})

/** The fix of a rule in a verdict that was asked for, which no journal has. */
function fixIn(answer: string, rule: RuleId): string {
  const { vkp, jftAfterVkp } = JSON.parse(answer)
  return [...vkp.issues, ...jftAfterVkp.issues].find((issue: { rule: string }) => issue.rule === rule)?.fix ?? ''
}
