import { z } from 'zod'
import { EVENT_TYPES } from '../ground/event-types.ts'
import { activeIssues } from '../rules/active-issues.ts'
import { validateStrict } from '../rules/fhir/strict.ts'
import { type OptionFault, readOptions, type SimulatorInput, type SimulatorOptions } from './options.ts'

/** What a sandbox is made with, and what a reset goes back to. Options that are left out are the simulator's. */
export interface SandboxSpec {
  readonly name: string
  /** Makes identifiers repeatable; the name by default. */
  readonly seed?: string | undefined
  /** Freezes the clock at this time, ISO 8601. */
  readonly frozenAt?: string | undefined
  readonly options: SimulatorOptions
  readonly events: readonly SeedEvent[]
  /** It has no way out to the network. */
  readonly closed?: boolean
  /** What it is asked is no call of a client: nobody is told of its refusals, and nobody waits where a fault makes them wait. */
  readonly quiet?: boolean
}

/** An event that is there from the beginning. */
export interface SeedEvent {
  readonly municipality: string
  readonly resource: Readonly<Record<string, unknown>>
  readonly clientId?: string | undefined
  readonly clientName?: string | undefined
  readonly sourceSystem?: string | undefined
}

/** A sandbox cannot be made so; `faults` has every reason. */
export class SandboxError extends Error {
  readonly faults: readonly OptionFault[]

  constructor(faults: readonly OptionFault[]) {
    super(faults.map(({ option, message }) => `${option}: ${message}`).join('\n'))
    this.name = 'SandboxError'
    this.faults = faults
  }
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const MEGABYTE = 1024 * 1024

/** A sandbox for one test needs less than a simulator that runs for days. */
const LIMITS = {
  eventBytes: 64 * MEGABYTE,
  patientBytes: 32 * MEGABYTE,
  journalBytes: 16 * MEGABYTE,
  noteBytes: 2 * MEGABYTE,
}

const seedEvent = z.strictObject({
  municipality: z.string().regex(/^\d{9}$/, 'must be nine digits'),
  resource: z.record(z.string(), z.unknown()),
  clientId: z.string().optional(),
  clientName: z.string().optional(),
  sourceSystem: z.string().optional(),
})

export const specSchema = z.strictObject({
  name: z.string().regex(NAME, 'must be 1 to 63 lower-case letters, digits and hyphens').optional(),
  seed: z.string().max(200).optional(),
  frozenAt: z.iso.datetime({ offset: true }).optional(),
  events: z.array(seedEvent).default([]),
  ...Object.fromEntries(
    ['environment', 'auth', 'clients', 'limits', 'assumptions', 'switchedOff', 'routes', 'vkp'].map((name) => [
      name,
      z.unknown().optional(),
    ]),
  ),
})

/**
 * Reads what a user wrote. An option of the simulator holds where the sandbox has none of its own; `nameIt` gives the name
 * where there is none. Throws a `SandboxError` that has every fault.
 */
export function readSpec(input: unknown, base: SimulatorOptions, nameIt: () => string): SandboxSpec {
  const parsed = specSchema.safeParse(input)
  if (!parsed.success) throw new SandboxError(parsed.error.issues.flatMap(faultsOf))
  const { name = nameIt(), seed = name, frozenAt, events, ...own } = parsed.data
  const read = readOptions({ ...base, ...own, ...merged(base, own) })
  if ('faults' in read) throw new SandboxError(read.faults)
  const faults = events.flatMap((event, index) => eventFaults(event, read.options, `events.${index}`))
  if (faults.length > 0) throw new SandboxError(faults)
  return { name, seed, frozenAt, events, options: read.options }
}

function merged(base: SimulatorOptions, own: Readonly<Record<string, unknown>>): Partial<SimulatorInput> {
  const assumptions = { ...base.assumptions, ...(own.assumptions as object | undefined) }
  const limits = { ...base.limits, ...LIMITS, ...(own.limits as object | undefined) }
  return { assumptions, limits }
}

function faultsOf(issue: z.core.$ZodIssue): OptionFault[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ option: path.join('.'), message: issue.message }]
  const known = [...Object.keys(specSchema.shape)].join(', ')
  return issue.keys.map((key) => ({
    option: [...path, key].join('.'),
    message: `There is no such option; there are ${known}.`,
  }))
}

function eventFaults({ resource }: SeedEvent, { switchedOff }: SimulatorOptions, option: string): OptionFault[] {
  const issues = activeIssues(validateStrict(JSON.stringify(resource)).issues, new Set(switchedOff))
  if (issues.length > 0) {
    return issues.map(({ expression, message }) => ({
      option: `${option}.resource`,
      message: `${expression ?? ''}: ${message}`,
    }))
  }
  if (EVENT_TYPES.some((one) => one === resource.resourceType)) return []
  return [{ option: `${option}.resource`, message: `JFT takes ${EVENT_TYPES.join(', ')}.` }]
}
