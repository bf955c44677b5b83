import { describe, expect, test } from 'vitest'
import { collect } from './ground/collect.ts'
import { PROVOCATIONS } from './provocations.fixture.ts'
import { simulatorFor } from './provoke.fixture.ts'
import { CATALOGUE, type RuleId } from './rules/catalogue.ts'

const RULES = Object.keys(CATALOGUE) as RuleId[]

/** What a caller sees of a provocation: the status, and every rule that the answer or the journal has an issue of. */
async function seen(rule: RuleId, ...switchedOff: readonly RuleId[]) {
  const provocation = PROVOCATIONS[rule]
  const simulator = simulatorFor(provocation, switchedOff)
  const answer = await provocation.act(simulator)
  const body = await answer.text()
  const exchanges = await collect(simulator.world.state.journal.since(0))
  const issues = exchanges.flatMap((exchange) => [...exchange.issues, ...exchange.warnings])
  const rules = RULES.filter((one) => body.includes(`"${one}"`) || issues.some((issue) => issue.rule === one))
  return { status: answer.status, rules, body, suppressed: answer.headers.get('jftsim-switched-off') }
}

describe('every rule finds something, and nothing when it is switched off', () => {
  test.each(RULES)('%s', async (rule) => {
    const before = await seen(rule)
    const after = await seen(rule, rule)
    expect(before.rules).toContain(rule)
    expect(after.rules).not.toContain(rule)
    const refusedByAnother = after.rules.some((one) => !before.rules.includes(one))
    if (before.status >= 400 && !refusedByAnother) expect(after.status).toBeLessThan(400)
  })
})

describe('where a handler has nothing to continue with, the answer is 200, empty, and names the rule', () => {
  test.each<RuleId>([
    'http-host',
    'http-path',
    'http-method',
    'sim-sandbox',
    'sim-event-memory',
    'sim-store',
    'sim-fault',
    'assertion-malformed',
    'client-unknown',
    'subject-token',
    'client-registration',
    'client-private-key',
    'helseid-not-played',
    'json-syntax',
    'json-too-deep',
    'jft-endpoint-type',
    'vkp-endpoint-type',
    'vkp-timed-out',
    'injected-call',
  ])('%s', async (rule) => {
    expect(await seen(rule, rule)).toMatchObject({ status: 200, body: '', suppressed: rule })
  })
})
