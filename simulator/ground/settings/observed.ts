import { z } from 'zod'
import { type Assumptions, SILENT_POINTS } from './assumptions.ts'

const names = Object.keys(SILENT_POINTS) as [keyof Assumptions, ...(keyof Assumptions)[]]

const sight = z.strictObject({
  value: z.unknown(),
  confidence: z.enum(['high', 'medium']),
  date: z.iso.datetime(),
  environment: z.string().min(1),
})

/** What was seen of a real service, by the name of the setting that it decides. */
export const observedSchema = z.partialRecord(z.enum(names), sight)

/** What was seen of a real service. */
export type Observed = z.infer<typeof observedSchema>
