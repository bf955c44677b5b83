/*
 * Other spellings of a literal that say the same, in the forms that libraries and templates produce. Whoever uses one has to
 * see that its type allows it.
 */

/** Longer literals are not respelt, but for base64. */
const LONGEST = 4_000

/** The spellings that a literal of a type may have been meant to have, the nearest to what was sent first. */
export function spellings(typeName: string, value: string): readonly string[] {
  if (typeName === 'base64Binary') return [base64(value)]
  if (value.length > LONGEST) return []
  const trimmed = value.trim()
  return [trimmed, ...(SPELLINGS[typeName]?.(trimmed) ?? [])].filter((spelling) => spelling !== value)
}

const SPELLINGS: Readonly<Record<string, (value: string) => readonly string[]>> = {
  date: dateTime,
  dateTime,
  instant: dateTime,
  time: (value) => dateTime(`2000-01-01T${value}`).map((spelling) => spelling.slice(11)),
  uri: (value) => (isUrn(value) ? [value.toLowerCase()] : []),
  oid: (value) => (/^[0-2](?:\.\d+)+$/.test(value) ? [`urn:oid:${value}`] : [value.toLowerCase()]),
  uuid: (value) => [value, value.replace(/^\{|\}$/g, '')].map((one) => urn('uuid', one.toLowerCase())),
}

/** Whether a URI is one of those whose letters are compared without their case (RFC 9562, section 4). */
export function isUrn(value: string): boolean {
  return /^urn:(?:uuid|oid):/i.test(value)
}

const urn = (kind: string, value: string): string => (value.startsWith(`urn:${kind}:`) ? value : `urn:${kind}:${value}`)

const DATE = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?/
const TIME = /^[Tt ] ?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:](\d+))?)?/
const OFFSET = /^ ?(?:([Zz])|([+-])(\d{1,2}):?(\d{2})?)$/

/** ISO 8601 with two digits each, T, a point, and a colon in the offset; nothing where it is something else. */
function dateTime(value: string): readonly string[] {
  const [date, year = '', month = '', day] = DATE.exec(value) ?? []
  if (date === undefined) return []
  const written = [year, ...[month, day].flatMap((part) => (part === undefined ? [] : [two(part)]))].join('-')
  const rest = value.slice(date.length)
  if (rest === '') return [written]
  const [time, hour = '', minute = '', second, fraction] = TIME.exec(rest) ?? []
  if (time === undefined) return []
  const offset = offsetOf(rest.slice(time.length))
  if (offset === undefined) return []
  const seconds = second === undefined ? '' : `:${two(second)}${fraction === undefined ? '' : `.${fraction}`}`
  const clock = `${written}T${two(hour)}:${two(minute)}`
  return [`${clock}${seconds}${offset}`, ...(second === undefined ? [`${clock}:00${offset}`] : [])]
}

const two = (digits: string): string => digits.padStart(2, '0')

/** Empty where there is none; undefined where it is something else. */
function offsetOf(text: string): string | undefined {
  if (text === '') return ''
  const [all, zulu, sign = '', hours = '', minutes = '00'] = OFFSET.exec(text) ?? []
  if (all === undefined) return undefined
  return zulu === undefined ? `${sign}${two(hours)}:${minutes}` : 'Z'
}

/** The standard alphabet (RFC 4648, section 4) with its padding, without white space and without the head of a data URL. */
function base64(value: string): string {
  const bare = value
    .replace(/^data:[\w/.+-]{1,100};base64,/, '')
    .replace(/\s/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
  const letters = bare.replace(/={1,2}$/, '')
  return letters.padEnd(Math.ceil(letters.length / 4) * 4, '=')
}

/** A date with time that has no offset, as ISO 8601 writes it; undefined for everything else. */
export function localTime(value: string): string | undefined {
  if (value.length > LONGEST) return undefined
  return dateTime(value.trim()).find((spelling) => /T[\d:.]+$/.test(spelling))
}
