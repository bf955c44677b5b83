/** An offset of ISO 8601 as R4 takes it. */
const OFFSET = /^(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/

/**
 * The offset of a date with time, `YYYY-MM-DDThh:mm…`: the one that `word` is, or that of the time zone that `word` names, at
 * that time. Undefined when it is neither. A time that is there twice, when clocks are set back, is taken for the first.
 */
export function offsetAt(local: string, word: string): string | undefined {
  if (OFFSET.test(word)) return word
  const key = `${local.slice(0, 16)} ${word}`
  if (OFFSETS.has(key)) return OFFSETS.get(key)
  if (OFFSETS.size >= MOST_OFFSETS) OFFSETS.clear()
  const offset = offsetOfZone(local, word)
  OFFSETS.set(key, offset)
  return offset
}

/** Times of one text are mostly of a few days; to ask for one takes longer than all else that is done for it. */
const OFFSETS = new Map<string, string | undefined>()
const MOST_OFFSETS = 1_000

function offsetOfZone(local: string, word: string): string | undefined {
  const zone = formatterOf(word)
  const utc = Date.parse(`${local.slice(0, 16)}Z`)
  if (zone === undefined || Number.isNaN(utc)) return undefined
  const offsets = [-86_400_000, 86_400_000].map((away) => offsetIn(zone, utc + away))
  return offsets.find((offset) => offsetIn(zone, utc - minutesOf(offset) * 60_000) === offset) ?? offsets[0]
}

/** The last one that was asked for: to make one takes longer than to use it a hundred times. */
let last: { readonly word: string; readonly formatter: Intl.DateTimeFormat | undefined } | undefined

function formatterOf(word: string): Intl.DateTimeFormat | undefined {
  if (last?.word !== word) last = { word, formatter: newFormatter(word) }
  return last.formatter
}

function newFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
}

function offsetIn(zone: Intl.DateTimeFormat, instant: number): string {
  const name = zone.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return name.replace('GMT', '').slice(0, 6) || '+00:00'
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))
  return offset.startsWith('-') ? -minutes : minutes
}
