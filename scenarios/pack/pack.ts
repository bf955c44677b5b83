import { z } from 'zod'
import { ACTIONS, actionsIn, stepSchema } from './step.ts'

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')

/** What a scenario's sandbox is made with; the members of `POST /_sim/sandboxes`. */
const sandbox = z.strictObject({
  frozenAt: z.union([z.string(), z.null()]).optional().describe('null: the clock runs.'),
  environment: z.enum(['test', 'prod']).optional(),
  auth: z.enum(['strict', 'relaxed']).optional(),
  assumptions: z.record(z.string(), z.unknown()).optional(),
  limits: z.record(z.string(), z.unknown()).optional(),
  routes: z.array(z.unknown()).optional(),
  vkp: z.record(z.string(), z.unknown()).optional(),
  clients: z.array(z.unknown()).optional(),
})

const party = z.strictObject({
  like: z.string().optional().describe('The party that it is a variant of.'),
  client: z.string().optional().describe('Name of a client.'),
  orgnr: z.union([z.string(), z.null()]).optional().describe('The municipality that it acts for.'),
  scope: z.union([z.string(), z.null()]).optional(),
  scheme: z.enum(['DPoP', 'Bearer']).optional(),
})

/** One contract test: the requirements that it proves, and its steps. */
const scenario = z.strictObject({
  id: id.describe('Unique in all packs.'),
  title: z.string().min(1),
  proves: z.array(z.string()).default([]).describe('Ids of requirements.'),
  tags: z.array(id).default([]).describe('Names to choose scenarios by: `jftsim run --tag`.'),
  party: z.string().default('response-centre').describe('Who acts where a step does not say.'),
  parties: z.record(z.string(), party).default({}),
  alone: z.literal(true).optional().describe('Counts all events of the municipality: needs a sandbox of its own.'),
  sandbox: sandbox.optional(),
  steps: z.array(stepSchema.superRefine(oneAction)).min(1),
})

/** A named set of scenarios: one file of `scenarios/packs`. */
export const packSchema = z.strictObject({
  pack: id.describe('Its name, as the file has it.'),
  title: z.string().min(1),
  scenarios: z.array(scenario).min(1),
})

export type Scenario = z.output<typeof scenario>
export type PartySpec = z.infer<typeof party>

/** A pack and where each of its scenarios and steps stands in the file. */
export interface Pack extends z.output<typeof packSchema> {
  readonly file: string
  /** Line of a scenario's step, from 1; of the scenario itself without a step. */
  readonly lineOf: (scenario: number, step?: number) => number
}

function oneAction(step: Record<string, unknown>, ctx: z.core.$RefinementCtx): void {
  const found = actionsIn(step)
  if (found.length === 1) return
  const message =
    found.length === 0
      ? `A step needs one action: ${ACTIONS.join(', ')}.`
      : `A step has one action; this one has ${found.join(' and ')}.`
  ctx.addIssue({ code: 'custom', message })
}

/** The rows of a loop. */
const each = z.union([
  z.array(z.unknown()).min(1).describe('A row each: an object, or one value.'),
  z.strictObject({ csv: z.string() }).describe('A CSV file with a header, by its path from this file.'),
  z.record(z.string(), z.array(z.unknown()).min(1)).describe('Every combination of one value of each list.'),
])

/** A step as it is written: a loop too, whose values stand where others have another type, or the steps of another file. */
const writtenStep = z.union([
  stepSchema,
  z.looseObject({ each: each.describe('Repeats the step, or its steps; each.name in braces is of the row.') }),
  z.strictObject({ include: z.string().describe('A file of { steps: [...] }, by its path from this file.') }),
])

/** The JSON Schema (2020-12) of a pack file, for editors. */
export function packJsonSchema(): Record<string, unknown> {
  const written = packSchema.extend({
    scenarios: z.array(scenario.extend({ steps: z.array(writtenStep).min(1) })).min(1),
  })
  const schema = z.toJSONSchema(written, { io: 'input', unrepresentable: 'any' })
  return { ...schema, title: 'Scenario pack of the JFT simulator' }
}
