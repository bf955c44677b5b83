import { z } from 'zod'
import { addressee, checkPayload, listedRules, unknownName, type Verdict } from '../../simulator/index.ts'
import { answered } from './answer.ts'
import type { McpServer } from './sdk.ts'

const payload = {
  payload: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .describe('A FHIR R4 resource as JSON: the text as it is sent, or the object'),
  environment: z.enum(['test', 'prod']).optional().describe('which identity and organisation numbers are right'),
}

interface PayloadArguments {
  readonly payload: string | Readonly<Record<string, unknown>>
  readonly environment?: 'test' | 'prod' | undefined
}

/** Tools on payloads and rules: they need no running simulator. */
export function addPayloadTools(server: McpServer): void {
  server.registerTool(
    'check_payload',
    {
      description:
        "JFT's strict and VKP's lenient verdict on a payload, and PIT's on a patient: per issue the place, the rule, its certainty and source, and a fix with its JSON Patch",
      inputSchema: payload,
    },
    (given) => answered(() => checked(given)),
  )
  server.registerTool(
    'fix_payload',
    {
      description:
        'The payload with every mechanical fix in it, judged again, and the issues that only its author can mend',
      inputSchema: payload,
    },
    (given) => answered(() => fixed(given)),
  )
  server.registerTool(
    'look_up_rule',
    {
      description:
        'A rule by its id, with certainty and source for each service; without an id: every id with its title',
      inputSchema: { id: z.string().optional() },
    },
    ({ id }) => answered(() => ruleOf(id)),
  )
}

function checked({ payload: sent, environment }: PayloadArguments) {
  return checkPayload(textOf(sent), environment === undefined ? {} : { environment })
}

function fixed(given: PayloadArguments) {
  const { fixes, fixed: text, ...verdicts } = checked(given)
  const { name, verdict } = addressee(verdicts)
  if (verdict.accepted) return { accepted: true, note: `${name} accepts it as it is.` }
  if (text === undefined) return { note: 'Nothing of it can be fixed mechanically.', ...restOf(verdict) }
  return { fixed: text, fixes, ...restOf(addressee(checked({ ...given, payload: text })).verdict) }
}

function restOf({ accepted, issues, more }: Verdict) {
  return { accepted, rest: issues, ...(more === undefined ? {} : { more }) }
}

function textOf(sent: PayloadArguments['payload']): string {
  return typeof sent === 'string' ? sent : JSON.stringify(sent)
}

function ruleOf(id: string | undefined) {
  const rules = listedRules()
  if (id === undefined) return rules.map((rule) => ({ id: rule.id, title: rule.title }))
  const rule = rules.find((one) => one.id === id)
  const ids = rules.map((one) => one.id)
  if (!rule) throw new Error(unknownName('rule', id, ids, 'look_up_rule without an id lists them.'))
  return rule
}
