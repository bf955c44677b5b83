/** One condition of a search. Without a field, any field will do. */
export interface Term {
  readonly field?: string
  readonly value: string
  /** It must not match. */
  readonly not: boolean
}

/** What a row can be found by: the values of each field. `time`: ISO 8601, for `before:` and `after:`. */
export interface Searchable {
  readonly time?: string
  readonly fields: Readonly<Record<string, readonly (string | null | undefined)[]>>
}

const TERM = /([-!]?)(?:([\w-]+):)?(?:"([^"]*)"?|(\S+))/g

/** Reads `status:400 -rule:dpop vendor:"Journal 1.0" words`. Any text will do. A field without a value is not a condition. */
export function parseSearch(text: string): readonly Term[] {
  return [...text.matchAll(TERM)].flatMap(([, not = '', field, quoted, plain]) => {
    const value = (quoted ?? plain ?? '').toLowerCase()
    if (value === '' || (field === undefined && value.endsWith(':'))) return []
    return [{ value, not: not !== '', ...(field === undefined ? {} : { field: field.toLowerCase() }) }]
  })
}

/** Whether a row fulfils all terms. */
export function matches(terms: readonly Term[], row: Searchable): boolean {
  return terms.every((term) => fulfils(term, row) !== term.not)
}

function fulfils({ field, value }: Term, { time, fields }: Searchable): boolean {
  if ((field === 'before' || field === 'after') && time !== undefined) {
    const moment = momentOf(value, time)
    if (Number.isNaN(moment)) return false
    return field === 'before' ? Date.parse(time) < moment : Date.parse(time) > moment
  }
  if (field === undefined) return Object.values(fields).some((values) => values.some((one) => contains(one, value)))
  const values = fields[field] ?? []
  return values.some((one) => (field === 'status' ? isStatus(one, value) : contains(one, value)))
}

function contains(text: string | null | undefined, value: string): boolean {
  return text?.toLowerCase().includes(value) ?? false
}

/** `4xx` is every status from 400 to 499; a word is looked for as it is. */
function isStatus(text: string | null | undefined, value: string): boolean {
  if (!/^\d[\dx]{0,2}$/.test(value)) return contains(text, value)
  return new RegExp(`^${value.replaceAll('x', '\\d')}`).test(text ?? '')
}

/** A time of day is one of the row's own day. NaN: neither a time of day nor ISO 8601. */
function momentOf(value: string, time: string): number {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(value) ?? []
  if (hours === undefined) return Date.parse(value.toUpperCase())
  return new Date(time).setHours(Number(hours), Number(minutes), Number(seconds), 0)
}

/** A completion: the whole text after it is chosen, and what the list shows. */
export interface Completion {
  readonly label: string
  readonly text: string
}

const SUGGESTED = 8

/** How the word at the end of `text` can go on: with the name of a field, or with one of its values. */
export function completions(text: string, vocabulary: Readonly<Record<string, readonly string[]>>): Completion[] {
  const [, before = '', not = '', word = ''] = /^(.*?)([-!]?)((?:[\w-]+:(?:"[^"]*)?)?[^\s"]*)$/s.exec(text) ?? []
  const [name = '', value] = word.split(/:(.*)/s)
  const labels =
    value === undefined
      ? Object.keys(vocabulary).filter((field) => field.startsWith(name.toLowerCase()))
      : (vocabulary[name.toLowerCase()] ?? []).filter((one) => contains(one, value.replaceAll('"', '').toLowerCase()))
  return labels
    .map((label) => (value === undefined ? `${label}:` : `${name}:${/\s/.test(label) ? JSON.stringify(label) : label}`))
    .filter((label) => label !== word)
    .slice(0, SUGGESTED)
    .map((label) => ({ label, text: `${before}${not}${label}${value === undefined ? '' : ' '}` }))
}

/** The distinct values of each field, for completion; the most frequent first. */
export function vocabularyOf(rows: readonly Searchable[]): Record<string, readonly string[]> {
  const counts: Record<string, Map<string, number>> = {}
  for (const { fields } of rows) {
    for (const [field, values] of Object.entries(fields)) {
      counts[field] ??= new Map()
      for (const value of values) if (value) counts[field].set(value, (counts[field].get(value) ?? 0) + 1)
    }
  }
  const byCount = (counted: Map<string, number>) =>
    [...counted].sort(([, one], [, other]) => other - one).map(([value]) => value)
  return Object.fromEntries(Object.entries(counts).map(([field, counted]) => [field, byCount(counted)]))
}
