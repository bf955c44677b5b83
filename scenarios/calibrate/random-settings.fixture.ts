import { Random } from '../../conformance/generate/random.ts'
import { type Assumptions, SILENT_POINTS } from '../../simulator/index.ts'

/** Numbers and texts that a setting without a list of values is tried with. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  mostIssues: [1, 37, 500, 1_000],
  acknowledgedTag: [
    'https://fhir.jft.nhn.no/journaling-acknowledged|true',
    'https://fhir.jft.nhn.no/acknowledged|true',
    'https://example.org/unheard-of|yes',
  ],
  countDefault: [1, 7, 20, 40],
  countMax: [40, 50, 55, 100],
  cursorLifetimeSeconds: [0, 3_600],
  registrationDelayMs: [0, 0, 120],
  sizeLimitBytes: [262_144, 1_000_000, 1_048_576, 1_300_001],
  contentTypes: [['application/json'], ['application/fhir+json'], ['application/fhir+json', 'application/json']],
  requestsPerMinute: [0],
  pitProcessingDelayMs: [0, 0, 60],
  pitSizeLimitBytes: [921_600, 900_000, 500_123],
  accessTokenLifetimeSeconds: [300, 600, 3_600],
}

/** What every setting is, drawn by a seed. */
export function randomSettings(seed: number): Assumptions {
  const random = new Random(seed)
  const drawn = Object.entries(SILENT_POINTS).map(([name, { schema }]) => {
    const values = VALUES[name] ?? valuesOf(schema)
    return [name, random.of(values)]
  })
  return Object.fromEntries(drawn) as Assumptions
}

type Def = {
  readonly type: string
  readonly innerType?: { readonly def: Def }
  readonly values?: readonly unknown[]
  readonly entries?: object
}

/** The values of a literal, an enumeration or a flag, with whatever default. */
function valuesOf({ def }: { readonly def: unknown }): readonly unknown[] {
  const { type, innerType, values, entries } = def as Def
  if (innerType) return valuesOf(innerType)
  if (type === 'boolean') return [true, false]
  if (values) return values
  if (entries) return Object.values(entries)
  throw new Error(`There are no values to draw of ${type}.`)
}
