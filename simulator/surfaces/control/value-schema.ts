import { z } from 'zod'
import type { ValueSchema } from './types.ts'

/** What a caller may write, so that a form can be drawn for it. Our schemas use no more of JSON Schema than `ValueSchema` has. */
export function valueSchema(schema: z.ZodType): ValueSchema {
  return z.toJSONSchema(schema, { io: 'input' }) as ValueSchema
}
