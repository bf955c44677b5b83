import { z } from 'zod'
import { PERSON_CHANGES } from '../state/population.ts'
import type { SettingFault } from '../state/robots.ts'

/** How the robot EHR acknowledges what it has read. */
export const MODES = ['prompt', 'slow', 'twice', 'late', 'never'] as const

/** The kinds of event that the robot response centre sends (VKP guide, use cases). */
export const KINDS = ['note', 'alarm', 'measurement', 'supervision', 'form-answer', 'dispensing'] as const

const DAY = 86_400_000

const municipality = z
  .string()
  .regex(/^\d{9}$/, 'It must be the nine digits of an organisation number.')
  .default('313231593')

/** What a robot EHR can be told. Times in milliseconds of the world's clock. */
export const ehrSettings = z.strictObject({
  on: z.boolean().default(false),
  municipality,
  /** Between two polls of the ReadAPI. */
  intervalMs: z.int().min(100).max(DAY).default(5_000),
  mode: z.enum(MODES).default('prompt'),
  /** Between reading and acknowledging; where absent, half a minute for `slow`, a day for `late`, nothing otherwise. */
  delayMs: z
    .int()
    .min(0)
    .max(365 * DAY)
    .optional(),
})

/** What a robot response centre can be told. */
export const responseCentreSettings = z.strictObject({
  on: z.boolean().default(false),
  municipality,
  eventsPerMinute: z.number().positive().max(6_000).default(6),
  kinds: z
    .array(z.enum(KINDS))
    .min(1)
    .default([...KINDS]),
  /** Whether it submits to JFT, or to VKP as vendors did before JFT. */
  via: z.enum(['jft', 'vkp']).default('jft'),
})

/** What a robot EHR that hands patients over to PIT can be told. */
export const pitEhrSettings = z.strictObject({
  on: z.boolean().default(false),
  municipality,
  /** Between two looks at who has changed. */
  intervalMs: z.int().min(100).max(DAY).default(5_000),
  /** How much happens to its persons; 0: nothing. */
  changesPerMinute: z.number().min(0).max(600).default(1),
  changes: z
    .array(z.enum(PERSON_CHANGES))
    .min(1)
    .default([...PERSON_CHANGES]),
})

/** What a robot vendor that mirrors patients from PIT can be told. */
export const pitVendorSettings = z.strictObject({
  on: z.boolean().default(false),
  municipality,
  /** Between two searches. */
  intervalMs: z.int().min(100).max(DAY).default(5_000),
  /** Patients on a page. */
  count: z.int().min(1).max(50).default(50),
})

export type Mode = (typeof MODES)[number]
export type RobotEventKind = (typeof KINDS)[number]
export type EhrSettings = z.infer<typeof ehrSettings>
export type ResponseCentreSettings = z.infer<typeof responseCentreSettings>
export type PitEhrSettings = z.infer<typeof pitEhrSettings>
export type PitVendorSettings = z.infer<typeof pitVendorSettings>

/** Where the modes delay. */
const DELAYS: Readonly<Record<Mode, number>> = { prompt: 0, twice: 0, never: 0, slow: 30_000, late: DAY }

/** Milliseconds between reading and acknowledging. */
export function delayOf({ mode, delayMs }: EhrSettings): number {
  return delayMs ?? DELAYS[mode]
}

/** What zod found, by the field that is wrong; an unknown name is a fault of that name. */
export function faultsOf({ issues }: z.ZodError): SettingFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.'), message: issue.message }]
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'There is no such setting.' }))
  })
}
