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

const judged = z
  .array(z.string())
  .default([])
  .describe('Ids of requirements that are not exercised where none of those that name them has happened.')

const group = z.string().optional().describe('Of those with the same one, it is enough that one happens.')

/** Something that happens while the program runs, when enough of its exchanges match. */
const cue = z.strictObject({
  for: judged,
  group,
  after: z
    .strictObject({
      surface: z.string().optional(),
      method: z.string().optional(),
      path: z.string().optional(),
      status: z.int().optional(),
      times: z.int().min(1).default(1),
    })
    .describe('When that many exchanges match (members of GET /_sim/exchanges).'),
  do: z.array(stepSchema).default([]).describe("Steps of a scenario, by the pack's own parties."),
  restart: z.literal(true).optional().describe('The program is killed, and started again.'),
})

/** A body of POST /_sim/faults. */
const fault = z.looseObject({
  for: judged,
  group,
  surface: z.string().optional(),
  match: z
    .looseObject({
      method: z.string().optional(),
      path: z.string().optional(),
      nth: z.int().optional(),
      clientId: z.string().optional().describe('program: the client that the program gets.'),
    })
    .optional(),
})

/** A verify pack: what a vendor's program is put through, and which requirements its exchanges are held against. */
export const verifyPackSchema = z.strictObject({
  verify: z.string(),
  title: z.string(),
  client: z.string().describe('Name of the client that the program gets.'),
  poll: z.number().positive().optional().describe('Least seconds between two polls, as the program is told.'),
  within: z.string().describe('ISO 8601 duration after which the program is stopped.'),
  wholeTime: z.literal(true).optional().describe('That it runs on until the time is over leaves nothing open.'),
  quiet: z.string().describe('ISO 8601 duration without progress after which a program that runs on is done.'),
  events: z
    .array(z.strictObject({ fixture: z.string(), code: z.string().optional(), count: z.int().min(1) }))
    .default([])
    .describe('Events that are there from the beginning.'),
  patients: z.int().min(1).optional().describe('How many patients PIT has from the beginning.'),
  before: z.array(stepSchema).default([]).describe("Steps by the pack's own parties, before the program starts."),
  sandbox: z.record(z.string(), z.unknown()).default({}),
  patience: z
    .string()
    .default('PT20S')
    .describe(
      'ISO 8601 duration without progress that a program is given while it owes a request, or a cue is to come.',
    ),
  does: z
    .strictObject({ surface: z.string(), path: z.string().optional(), otherwise: z.string() })
    .describe('What the program is for: an exchange that succeeds there. Without any, nothing was done.'),
  exits: z
    .union([z.array(z.int()), z.literal('any')])
    .default([0])
    .describe('Exit codes with which it may end on its own.'),
  afterwards: z
    .array(z.string())
    .default([])
    .describe('Packs that the program is put through afterwards, as the same client.'),
  provokes: z.array(z.string()).default([]).describe('Rules by which the pack itself has the program refused.'),
  faults: z.array(fault).default([]).describe('Ordered before the program starts; bodies of POST /_sim/faults.'),
  cues: z.array(cue).default([]),
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
