import type { EventType } from '../../../simulator/ground/event-types.ts'

/** What an event says, read from its resource without trusting its shape. */
export interface EventFacts {
  readonly patient?: string
  readonly author?: string
  /** What that is. */
  readonly by: 'author' | 'device'
  readonly category?: string
  /** As it is in the resource. */
  readonly when?: string
  readonly tags: readonly string[]
  /** XHTML of the narratives in their order, each with the title of its section. Not to be trusted. */
  readonly narratives: readonly Narrative[]
}

/** One narrative. */
export interface Narrative {
  readonly title?: string
  readonly div: string
}

type Members = Readonly<Record<string, unknown>>

/** Reads the facts of a Composition, a MedicationDispense, or a Bundle, whose first such entry counts. Never throws. */
export function factsOf(text: string): EventFacts {
  const resource = parsed(text)
  const main = mainOf(resource)
  const { author, by, when } = READING[typeOf(main) ?? 'Composition']
  return {
    ...optional('patient', person(main.subject)),
    by,
    ...optional('author', author(main)),
    ...optional('category', concept(first(main.category)) ?? concept(main.type)),
    ...optional('when', string(main[when]) ?? string(resource.timestamp)),
    tags: list(members(resource.meta).tag).flatMap((tag) => coding(tag) ?? []),
    narratives: narrativesOf(resource),
  }
}

type MainType = Exclude<EventType, 'Bundle'>

/** Who made what an event tells, and the member that says when, by type. */
const READING: Readonly<Record<MainType, Reading>> = {
  Composition: { by: 'author', author: (main) => person(first(main.author)), when: 'date' },
  MedicationDispense: {
    by: 'device',
    author: (main) => person(members(first(main.performer)).actor),
    when: 'whenHandedOver',
  },
}

interface Reading extends Pick<EventFacts, 'by'> {
  readonly author: (main: Members) => string | undefined
  readonly when: string
}

function typeOf({ resourceType }: Members): MainType | undefined {
  return (Object.keys(READING) as MainType[]).find((type) => type === resourceType)
}

function mainOf(resource: Members): Members {
  const entries = list(resource.entry).map((entry) => members(members(entry).resource))
  return entries.find((entry) => typeOf(entry) !== undefined) ?? resource
}

/** How many narratives are read, and how deep. */
const MOST = 50
const DEEPEST = 40

function narrativesOf(resource: Members): readonly Narrative[] {
  const found: Narrative[] = []
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST || found.length >= MOST) return
    const { title, text } = members(value)
    const div = string(members(text).div)
    if (div !== undefined) found.push({ div, ...optional('title', string(title)) })
    for (const part of Object.values(value)) visit(part, depth + 1)
  }
  visit(resource, 0)
  return found
}

function person(value: unknown): string | undefined {
  const { display, identifier } = members(value)
  const parts = [string(display), string(members(identifier).value)].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}

function concept(value: unknown): string | undefined {
  const { text, coding: codings } = members(value)
  return string(text) ?? coding(first(codings))
}

function coding(value: unknown): string | undefined {
  const { display, code, system } = members(value)
  const kind = string(system)?.split('/').at(-1)
  return string(display) ?? ([string(code), kind].filter((part) => part !== undefined).join(' · ') || undefined)
}

function parsed(text: string): Members {
  try {
    return members(JSON.parse(text))
  } catch {
    return {}
  }
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

function optional<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, string>)
}
