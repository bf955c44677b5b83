import { z } from 'zod'
import type { SurfaceName } from '../../simulator/ground/surfaces.ts'

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''))

/** A file of base URLs and clients: another environment to play packs against (`jftsim run --target`). */
export const targetFile = z.strictObject({
  name: z.string().min(1),
  municipality: z
    .string()
    .regex(/^\d{9}$/, 'must be nine digits')
    .describe('Main unit that the clients may act for.'),
  urls: z.strictObject({
    helseid: url,
    'jft-write': url,
    'jft-read': url,
    pit: url.optional(),
    vkp: url.optional(),
    ehr: url.optional(),
    ttt: url.optional(),
    selvbetjening: url.optional(),
    control: url.optional().describe('Of a simulator: its /_sim.'),
  } satisfies Readonly<Record<SurfaceName, z.ZodType>>),
  testTokenKey: z.string().optional().describe('API key of the test token service.'),
  clients: z
    .record(z.string(), z.string())
    .default({})
    .describe("By party: the path of a client's configuration file, as HelseID's self-service gives it."),
})

export type TargetFile = z.output<typeof targetFile>

/** What is read of a client's configuration file; the rest is left alone. */
export const clientFile = z.object({
  authority: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()).default([]),
  privateJwk: z.string(),
})
