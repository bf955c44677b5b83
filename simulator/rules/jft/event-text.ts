import { type Member, membersOf } from '../json/json-text.ts'

/** What JFT adds to a submitted resource. */
export interface EventLayout {
  readonly id: string
  readonly type: string
  /** The documented tags, in their order. */
  readonly tags: readonly { readonly system: string; readonly code: string }[]
  /** Whether the submitter's own tags stay in front of them. */
  readonly clientTags: 'keep' | 'replace'
}

/**
 * Lays a submitted resource out as it is returned, by cutting and joining its own text: decimals, order and blanks of
 * everything but `id` and `meta` stay as they were sent. Gives the text before and after the value of
 * `meta.lastUpdated`. The text must be a JSON object.
 */
export function layOutEvent(text: string, layout: EventLayout): [before: string, after: string] {
  const members = membersOf(text)
  const rest = members.filter((member) => !SERVER_OWNED.has(member.key.toLowerCase()))
  const meta = members.find((member) => member.key.toLowerCase() === 'meta')
  const [metaBefore, tags] = layOutMeta(text, meta, layout)
  const head = `{"resourceType":${JSON.stringify(layout.type)},"id":${JSON.stringify(layout.id)},"meta":{${metaBefore}`
  const tail = rest.map((member) => `,${text.slice(member.keyStart, member.valueEnd)}`).join('')
  return [`${head}"lastUpdated":"`, `${TAGS}${tags}]}${tail}}`]
}

/** What the text after the value of `meta.lastUpdated` begins with. */
const TAGS = '","tag":['

/** That text with one more tag, in front of the others. */
export function withTag(after: string, tag: { readonly system: string | undefined; readonly code: string }): string {
  return `${TAGS}${JSON.stringify(tag)},${after.slice(TAGS.length)}`
}

const SERVER_OWNED = new Set(['resourcetype', 'id', '_id', 'meta'])
const SERVER_OWNED_META = new Set(['lastupdated', '_lastupdated', 'versionid', '_versionid', 'tag'])

function layOutMeta(text: string, meta: Member | undefined, layout: EventLayout): [before: string, tags: string] {
  const members = meta ? membersOf(text, meta.valueStart) : []
  const kept = members.filter((member) => !SERVER_OWNED_META.has(member.key.toLowerCase()))
  const before = kept.map((member) => `${text.slice(member.keyStart, member.valueEnd)},`).join('')
  const own = members.find((member) => member.key.toLowerCase() === 'tag')
  const tags = [...(own && layout.clientTags === 'keep' ? [elements(text, own)] : []), documentedTags(layout)]
  return [before, tags.filter((tag) => tag !== '').join(',')]
}

/** The elements of an array, without its brackets; another value is one, where that is let through. */
function elements(text: string, { valueStart, valueEnd }: Member): string {
  const isArray = text[valueStart] === '['
  return (isArray ? text.slice(valueStart + 1, valueEnd - 1) : text.slice(valueStart, valueEnd)).trim()
}

function documentedTags({ tags }: EventLayout): string {
  return tags.map((tag) => JSON.stringify(tag)).join(',')
}
