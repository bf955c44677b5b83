import { z } from 'zod'

const words = z.string().trim().min(1, 'is empty')

/** A version may look like a number. */
const name = z.union([words, z.number().transform(String)]).optional()

/** What was tested, by whom, as a file of `--about` says it. */
export const aboutFile = z.strictObject({
  product: name,
  version: name,
  vendor: name,
  organization: name,
  client: name,
  tester: name,
})

export type About = z.output<typeof aboutFile>

const waiver = z.strictObject({
  id: words.describe('Id of a requirement.'),
  because: words,
  who: words.describe('Who decided it.'),
  until: z.iso.date('must be a date such as 2026-12-31').describe('The last day of it.'),
})

/** Requirements that are left out, each with the reason, as a file of `--waivers` says it. */
export const waiverFile = z.strictObject({ waivers: z.array(waiver) })

export type Waiver = z.output<typeof waiver>

const ownRequirement = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case'),
  quote: words,
  source: words,
  level: z.enum(['must', 'should']).default('must'),
  certainty: z.enum(['documented', 'observed', 'assumed']).default('documented'),
  topic: words.optional(),
})

/** Requirements of one's own, as a file of `--requirements` says it. */
export const ownRequirementFile = z.strictObject({ requirements: z.array(ownRequirement) })
