import { z } from 'zod'
import { stepSchema } from '../pack/step.ts'
import type { RequirementText } from '../reports/report.ts'
import { documentKey } from '../requirements/requirement.ts'

const requirement = z.strictObject({
  id: z.string().describe('Names the judgment.'),
  requirement: z.string().optional().describe('Id of the documented requirement whose quote and source it has.'),
  quote: z.string().optional().describe('In own words what a client owes, where no requirement is named.'),
  document: documentKey.optional().describe('The document that says so, or that it follows from.'),
  section: z.string().optional(),
  source: z.string().optional().describe('How it follows from the document, or why it holds without one.'),
  proves: z
    .array(z.string())
    .default([])
    .describe('Ids of documented requirements on clients that it is the proof of.'),
  certainty: z.enum(['documented', 'observed', 'assumed']).default('documented'),
})

/** Something that happens while the program runs, when enough of its exchanges match. */
const cue = z.strictObject({
  after: z
    .strictObject({
      surface: z.string().optional(),
      method: z.string().optional(),
      path: z.string().optional(),
      status: z.int().optional(),
      times: z.int().min(1).default(1),
    })
    .describe('The cue: so many exchanges that match (members of GET /_sim/exchanges).'),
  do: z.array(stepSchema).min(1).describe("Steps of a scenario, by the pack's own parties."),
})

/** A verify pack: what a vendor's program is put through, and which requirements its exchanges are held against. */
export const verifyPackSchema = z.strictObject({
  verify: z.string(),
  title: z.string(),
  client: z.string().describe('Name of the client that the program gets.'),
  scope: z.string().default('nhn:jft/api').describe('What the program asks a token for.'),
  poll: z.number().positive().optional().describe('Least seconds between two polls, as the program is told.'),
  within: z.string().describe('ISO 8601 duration after which the program is stopped.'),
  quiet: z.string().describe('ISO 8601 duration without progress after which a program that runs on is done.'),
  events: z
    .array(z.strictObject({ fixture: z.string(), code: z.string().optional(), count: z.int().min(1) }))
    .default([])
    .describe('Events that are there from the beginning.'),
  persons: z
    .int()
    .min(0)
    .default(0)
    .describe('How many persons PIT has from the beginning; cues know them as `persons`.'),
  sandbox: z.record(z.string(), z.unknown()).default({}),
  faults: z.array(z.unknown()).default([]).describe('Ordered before the program starts; bodies of POST /_sim/faults.'),
  cues: z.array(cue).default([]),
  restart: z
    .strictObject({ do: z.array(stepSchema).min(1).describe('What happens while the program is down.') })
    .optional()
    .describe('The program is stopped when it is done, and started again.'),
  requirements: z.array(requirement).min(1),
})

export type VerifyPackFile = z.output<typeof verifyPackSchema>

/** What a client is judged by, as reports show it. */
export interface VerifyRequirement extends RequirementText {
  readonly proves: readonly string[]
  readonly certainty: string
}

/** A verify pack whose requirements have their quotes and sources. */
export interface VerifyPack extends Omit<VerifyPackFile, 'requirements'> {
  readonly requirements: readonly VerifyRequirement[]
}

export type Cue = VerifyPack['cues'][number]
