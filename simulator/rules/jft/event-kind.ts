import { isMembers, type Members } from '../finding.ts'

/** The kinds of event that VKP's guides describe and its codes tell apart (VKP R4 profiles 0.9.0). */
export const EVENT_KINDS = [
  'note',
  'alarm',
  'deviation',
  'supervision',
  'alert',
  'measurement',
  'form-answer',
  'omission',
  'dispensing',
  'message',
] as const

/** What an event is about. */
export type EventKind = (typeof EVENT_KINDS)[number]

/** The resources that tell the kind, the most telling first: where they are, in which code system, what a code means. */
const TELLING: readonly {
  readonly type: string
  readonly codes: (resource: Members) => unknown
  readonly system: string
  readonly kinds: Readonly<Record<string, EventKind>>
}[] = [
  {
    type: 'DetectedIssue',
    codes: ({ code }) => code,
    system: 'alert-code',
    kinds: {
      '1': 'deviation',
      '2': 'alarm',
      '3': 'alarm',
      '4': 'supervision',
      '5': 'alert',
      '5.2.1': 'measurement',
      '5.2.2': 'form-answer',
      '5.3': 'omission',
      '6': 'alarm',
      '7': 'alarm',
    },
  },
  {
    type: 'MedicationDispense',
    codes: ({ category }) => category,
    system: 'medicationdispense-events',
    kinds: { '1': 'dispensing', '2': 'dispensing', '3': 'message' },
  },
  {
    type: 'Encounter',
    codes: ({ reasonCode }) => reasonCode,
    system: 'encounter-reason',
    kinds: { '1': 'supervision', '2': 'supervision' },
  },
  {
    type: 'Composition',
    codes: ({ category }) => category,
    system: 'composition-category',
    kinds: { '1': 'note', '2': 'note' },
  },
]

/** The kind that the VKP codes of a resource, or of the entries of a Bundle, tell. `undefined`: they tell none. */
export function eventKind(resource: unknown): EventKind | undefined {
  const resources = isMembers(resource) ? [resource, ...listOf(resource.entry).map((entry) => entry.resource)] : []
  for (const { type, codes, system, kinds } of TELLING) {
    const told = resources.filter(isMembers).filter(({ resourceType }) => resourceType === type)
    const found = told.flatMap((one) => codesIn(codes(one), system)).flatMap((code) => kindIn(kinds, code) ?? [])
    if (found[0] !== undefined) return found[0]
  }
  return undefined
}

/** The codes that one concept or a list of them has in VKP's code system of that name, of any version. */
function codesIn(concepts: unknown, system: string): string[] {
  const codings = listOf(concepts).flatMap(({ coding }) => listOf(coding))
  return codings.flatMap((coding) => {
    const [, name] = /\/vkp-([a-z-]+?)(?:-v\d+)?$/.exec(String(coding.system)) ?? []
    return name === system && typeof coding.code === 'string' ? [coding.code] : []
  })
}

/** Codes are paths: what is said of `5.3` holds for `5.3.2` too, where nothing closer is said. */
function kindIn(kinds: Readonly<Record<string, EventKind>>, code: string): EventKind | undefined {
  const parts = code.split('.').slice(0, 8)
  const paths = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
  const path = paths.find((one) => Object.hasOwn(kinds, one))
  return path === undefined ? undefined : kinds[path]
}

function listOf(value: unknown): Members[] {
  return [value].flat().filter(isMembers)
}
