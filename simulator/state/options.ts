import { z } from 'zod'
import { surfaceBehind } from '../ground/origins.ts'
import { assumptionsSchema } from '../ground/settings/assumptions.ts'
import { observedSchema } from '../ground/settings/observed.ts'
import { registerSchema, routesSchema } from '../ground/settings/vkp-configuration.ts'
import { suggest } from '../ground/text/suggest.ts'
import { CATALOGUE, type RuleId } from '../rules/catalogue.ts'

const MEGABYTE = 1024 * 1024

const ruleIds = Object.keys(CATALOGUE) as [RuleId, ...RuleId[]]

/** Ids of rules. An unknown one is an error that suggests the one that was meant. */
export const switchedOffSchema = z.array(z.enum(ruleIds, { error: ({ input }) => unknownRule(String(input)) }))

function unknownRule(id: string): string {
  return `There is no rule ${JSON.stringify(id)}. ${suggest(id, ruleIds, 'GET /_sim/rules lists them.')}`
}

/** What a simulator can be told, in a config file or by `createSimulator`. Unknown names are errors. */
export const optionsSchema = z.strictObject({
  environment: z.enum(['test', 'prod']).default('test'),
  auth: z.enum(['strict', 'relaxed']).default('strict'),
  port: z.int().min(0).max(65_535).default(7357),
  host: z.string().min(1).default('localhost'),
  /** The URL that clients call, where it is not `http://{host}:{port}`: behind a TLS proxy, or under a container's name. */
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL, such as https://jft.example' })
    .refine(isOrigin, 'must be scheme, host and port alone: the surfaces have their own paths below it')
    .optional(),
  /** Gives out the private keys of ready-made clients although other machines can reach the simulator. */
  handOutKeys: z.boolean().default(false),
  /** Own clients, registered by their public keys; the same body as `POST /_sim/clients`. */
  clients: z.array(z.record(z.string(), z.unknown())).default([]),
  /** How VKP delivers, per municipality and vendor; before the ready-made rows. */
  routes: routesSchema.default([]),
  /** VKP's own register: whose system may call for which municipality; before the ready-made entries. */
  vkp: z.strictObject({ register: registerSchema.default([]) }).prefault({}),
  limits: z
    .strictObject({
      eventBytes: z
        .int()
        .min(1)
        .default(512 * MEGABYTE),
      patientBytes: z
        .int()
        .min(1)
        .default(256 * MEGABYTE),
      /** Sandboxes at once, the default one aside. */
      sandboxes: z.int().min(1).default(1_000),
      /** A sandbox that nobody used for so long is forgotten. */
      sandboxIdleMinutes: z.number().positive().default(60),
      journalBytes: z
        .int()
        .min(1)
        .default(64 * MEGABYTE),
      noteBytes: z
        .int()
        .min(1)
        .default(16 * MEGABYTE),
    })
    .prefault({}),
  /** Where the documents are silent: `jftsim rules` lists the settings. */
  assumptions: assumptionsSchema.prefault({}),
  /** What was seen of a real service: it is told beside the settings, and decides nothing on its own. */
  observed: observedSchema.default({}),
  /** Rules that find nothing: if you know that one is wrong, and for a check of tests. */
  switchedOff: switchedOffSchema.default([]),
})

export type SimulatorOptions = z.infer<typeof optionsSchema>

/** Options as a caller writes them: everything may be left out. */
export type SimulatorInput = z.input<typeof optionsSchema>

/** One thing wrong with the options. */
export interface OptionFault {
  /** Path of the option, for example `assumptions.countMax`. */
  readonly option: string
  readonly message: string
}

/** The options with their defaults, or every fault. */
export function readOptions(input: unknown): { options: SimulatorOptions } | { faults: readonly OptionFault[] } {
  const parsed = optionsSchema.safeParse(input)
  if (!parsed.success) return { faults: parsed.error.issues.flatMap(faultsOf) }
  const { data: options } = parsed
  const faults = routeFaults(options.routes, publicUrlOf(options))
  return faults.length > 0 ? { faults } : { options }
}

/** The URL that clients call, without a trailing slash. */
export function publicUrlOf({ publicUrl, host, port }: SimulatorOptions): string {
  return publicUrl ?? `http://${host}:${port}`
}

/**
 * What is wrong with routes at a simulator of that URL. Its VKP would call itself, or its control API, for a vendor's search:
 * of its own surfaces only the EHR can be what VKP asks.
 */
export function routeFaults(routes: SimulatorOptions['routes'], publicUrl: string): OptionFault[] {
  return routes.flatMap((route, index) => {
    const ehrUrl = 'ehrUrl' in route ? route.ehrUrl : undefined
    const surface = ehrUrl === undefined ? undefined : surfaceBehind(new URL(ehrUrl), publicUrl)
    if (surface === undefined || surface === 'ehr') return []
    const message = `must not lead to this simulator itself (${surface}); of its own surfaces only /ehr can be asked.`
    return [{ option: `routes.${index}.ehrUrl`, message }]
  })
}

/** What is not a URL at all has been said to be so. */
function isOrigin(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { pathname, search, hash, username, password } = new URL(url)
  return pathname === '/' && [search, hash, username, password].every((part) => part === '')
}

function faultsOf(issue: z.core.$ZodIssue): OptionFault[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ option: path.join('.') || 'options', message: issue.message }]
  const names = namesAt(optionsSchema, path)
  const message = (key: string) => `There is no such option. ${suggest(key, names)}`
  return issue.keys.map((key) => ({ option: [...path, key].join('.'), message: message(key) }))
}

/** The names that an object may have at that place of the schema. */
function namesAt(schema: z.core.$ZodType, [name, ...rest]: readonly string[]): readonly string[] {
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  if ('innerType' in def) return namesAt(def.innerType, name === undefined ? [] : [name, ...rest])
  if (def.type === 'array') return namesAt(def.element, rest)
  if (def.type !== 'object') return []
  if (name === undefined) return Object.keys(def.shape)
  const inner = def.shape[name]
  return inner === undefined ? [] : namesAt(inner, rest)
}
