import { z } from 'zod'
import { SURFACE_NAMES, type SurfaceName } from '../../simulator/ground/surfaces.ts'

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''))

/** The surfaces that every target has; without another, the scenarios that need it are skipped. */
const NEEDED = ['helseid', 'jft-write', 'jft-read'] as const satisfies readonly SurfaceName[]

type Urls = { [S in SurfaceName]: S extends (typeof NEEDED)[number] ? typeof url : z.ZodOptional<typeof url> }

const urls = {
  ...Object.fromEntries(SURFACE_NAMES.map((name) => [name, url.optional()])),
  ...Object.fromEntries(NEEDED.map((name) => [name, url])),
  control: url.optional().describe('Of a simulator: its /_sim.'),
} as Urls

/** A file of base URLs and clients: another environment to play packs against (`jftsim run --target`). */
export const targetFile = z.strictObject({
  name: z.string().min(1),
  municipality: z
    .string()
    .regex(/^\d{9}$/, 'must be nine digits')
    .describe('Main unit that the clients may act for.'),
  urls: z.strictObject(urls),
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
