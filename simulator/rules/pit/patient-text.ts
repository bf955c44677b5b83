import { type Member, membersOf } from '../json/json-text.ts'

const SERVER_OWNED = new Set(['resourcetype', 'id', '_id', 'meta'])
const SERVER_OWNED_META = new Set(['lastupdated', '_lastupdated', 'versionid', '_versionid'])

/**
 * Takes a patient's text apart around what PIT adds to it, as it was sent in all else: decimals, order, blanks. Gives what
 * stands before the value of `meta.lastUpdated`, from `meta` on, and what stands after it. The text must be a JSON object.
 */
export function layOutPatient(text: string): [before: string, after: string] {
  const members = membersOf(text)
  const meta = members.find(({ key }) => key.toLowerCase() === 'meta')
  const keptMeta = (meta ? membersOf(text, meta.valueStart) : []).filter(isNotIn(SERVER_OWNED_META))
  const before = keptMeta.map((member) => `${cut(text, member)},`).join('')
  const rest = members.filter(isNotIn(SERVER_OWNED)).map((member) => `,${cut(text, member)}`)
  return [`"meta":{${before}"lastUpdated":"`, `"}${rest.join('')}}`]
}

/** The text of a patient whose `meta.lastUpdated` is `stamp`. */
export function joinPatient(id: string, [before, after]: readonly [string, string], stamp: string): string {
  return `{"resourceType":"Patient","id":${JSON.stringify(id)},${before}${stamp}${after}`
}

function isNotIn(names: ReadonlySet<string>) {
  return ({ key }: Member) => !names.has(key.toLowerCase())
}

function cut(text: string, { keyStart, valueEnd }: Member): string {
  return text.slice(keyStart, valueEnd)
}
