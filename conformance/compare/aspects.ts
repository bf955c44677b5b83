import { isDeepStrictEqual } from 'node:util'
import type { Said } from './said.ts'

/** What is compared, in the order of the tables. */
export const ASPECTS = [
  'verdict',
  'codes',
  'paths',
  'positions',
  'messages',
  'outcome',
  'lenient verdict',
  'lenient message',
  'forwarded text',
] as const

export type Aspect = (typeof ASPECTS)[number]

/** Where the two sides differ in one aspect. */
export interface AspectDifference {
  readonly aspect: Aspect
  /** What the library says, and what the simulator says, each shortened to the first place where they differ. */
  readonly library: string
  readonly ours: string
  /** Differences of one sort have the same: names, numbers and quoted values are taken out of it. */
  readonly sort: string
}

/** Per aspect: a difference, `same`, or undefined where the aspect does not apply (no codes to compare messages of). */
export type AspectComparison = ReadonlyMap<Aspect, AspectDifference | 'same'>

/** Compares what the library says with what the simulator says. */
export function compare(library: Said, ours: Said): AspectComparison {
  const found = new Map<Aspect, AspectDifference | 'same'>()
  const note = (aspect: Aspect, difference: Omit<AspectDifference, 'aspect'> | undefined) =>
    found.set(aspect, difference === undefined ? 'same' : { aspect, ...difference })
  note('verdict', pair(isAccepted(library), isAccepted(ours), firstCodes(library), firstCodes(ours)))
  const codes = codesDifference(library, ours)
  note('codes', codes)
  if (codes === undefined && library.strict.issues.length > 0) {
    note('paths', firstIssueDifference(library, ours, 'path', relation))
    note(
      'positions',
      firstIssueDifference(library, ours, 'position', () => ''),
    )
    note(
      'messages',
      firstIssueDifference(library, ours, 'message', (one, other) => `${wording(one)} / ${wording(other)}`),
    )
    note('outcome', outcomeDifference(library, ours))
  }
  if (codes === undefined && library.strict.thrown === 'throws') note('messages', exceptionDifference(library, ours))
  compareLenient(library, ours, note)
  return found
}

type Note = (aspect: Aspect, difference: Omit<AspectDifference, 'aspect'> | undefined) => void

function compareLenient(library: Said, ours: Said, note: Note): void {
  const shown = ({ lenient }: Said) => (lenient.accepted ? 'accepted' : lenient.message)
  note(
    'lenient verdict',
    pair(library.lenient.accepted, ours.lenient.accepted, wording(shown(library)), wording(shown(ours))),
  )
  if (!library.lenient.accepted && !ours.lenient.accepted) {
    const [theirs, our] = [library.lenient.message, ours.lenient.message]
    note(
      'lenient message',
      theirs === our ? undefined : { library: theirs, ours: our, sort: `${wording(theirs)} / ${wording(our)}` },
    )
  }
  if (library.forwarded !== undefined && ours.forwarded !== undefined) {
    note('forwarded text', textDifference(library.forwarded, ours.forwarded))
  }
}

const isAccepted = ({ strict }: Said): boolean => strict.thrown === undefined && strict.issues.length === 0

function codesOf({ strict }: Said): readonly string[] {
  if (strict.thrown !== undefined) return [strict.thrown]
  const codes = strict.issues.map(({ code }) => code)
  return strict.more === 0 ? codes : [...codes, `+${strict.more}`]
}

const firstCodes = (said: Said): string =>
  isAccepted(said) ? 'accepted' : [...new Set(codesOf(said))].slice(0, 3).join(' ')

function pair(
  one: boolean,
  other: boolean,
  library: string,
  ours: string,
): Omit<AspectDifference, 'aspect'> | undefined {
  return one === other ? undefined : { library, ours, sort: `${library} / ${ours}` }
}

/** Codes that both have at the beginning or at the end say nothing of the difference. */
function codesDifference(library: Said, ours: Said): Omit<AspectDifference, 'aspect'> | undefined {
  const [theirs, our] = [codesOf(library), codesOf(ours)]
  if (isDeepStrictEqual(theirs, our)) return undefined
  const from = theirs.findIndex((code, index) => code !== our[index])
  const start = from < 0 ? theirs.length : from
  let end = 0
  while (end < Math.min(theirs.length, our.length) - start && theirs.at(-1 - end) === our.at(-1 - end)) end++
  const part = (codes: readonly string[]) =>
    `[${codes
      .slice(start, codes.length - end)
      .slice(0, 3)
      .join(' ')}]`
  return { library: theirs.join(' '), ours: our.join(' '), sort: `${part(theirs)} / ${part(our)}` }
}

type IssuePart = 'path' | 'position' | 'message'

function firstIssueDifference(
  library: Said,
  ours: Said,
  part: IssuePart,
  sort: (one: string, other: string) => string,
) {
  for (const [index, issue] of library.strict.issues.entries()) {
    const other = ours.strict.issues[index]?.[part] ?? ''
    if (issue[part] === other) continue
    return { library: issue[part], ours: other, sort: `${issue.code} ${sort(issue[part], other)}`.trim() }
  }
  return undefined
}

function exceptionDifference(library: Said, ours: Said): Omit<AspectDifference, 'aspect'> | undefined {
  const [theirs, our] = [library.strict.exception ?? '', ours.strict.exception ?? '']
  return theirs === our ? undefined : { library: theirs, ours: our, sort: `${wording(theirs)} / ${wording(our)}` }
}

/** How two paths lie to each other. */
function relation(library: string, ours: string): string {
  if (library === '') return 'the library gives none'
  if (ours === '') return 'the simulator gives none'
  if (ours.startsWith(library)) return /^\[\d+\]$/.test(ours.slice(library.length)) ? 'without the index' : 'the owner'
  if (library.startsWith(ours)) return /^\[\d+\]$/.test(library.slice(ours.length)) ? 'with an index' : 'deeper'
  return library.replace(/\[\d+\]/g, '') === ours.replace(/\[\d+\]/g, '') ? 'another index' : 'another place'
}

/** The OperationOutcomes beyond code, place and message, which have aspects of their own. */
function outcomeDifference(library: Said, ours: Said): Omit<AspectDifference, 'aspect'> | undefined {
  for (const [index, issue] of (library.strict.outcome ?? []).entries()) {
    const other = ours.strict.outcome?.[index]
    if (isDeepStrictEqual(issue, other)) continue
    const [theirs, our] = [issue as Record<string, unknown>, (other ?? {}) as Record<string, unknown>]
    const parts = Object.keys({ ...theirs, ...our }).filter((name) => !isDeepStrictEqual(theirs[name], our[name]))
    const shown = (one: Record<string, unknown>) =>
      JSON.stringify(Object.fromEntries(parts.map((name) => [name, one[name]])))
    return {
      library: shown(theirs),
      ours: shown(our),
      sort: `${library.strict.issues[index]?.code} ${parts.join(' ')}`,
    }
  }
  return undefined
}

/** A message without what depends on the payload. */
export function wording(message: string): string {
  return message
    .replace(/'[^']*'/g, '‹›')
    .replace(/`[^`]*`/g, '‹›')
    .replace(/\(at [^)]*\)/g, '(at ‹›)')
    .replace(/(?<=Path )\S+,|(?<=at location )\S+/g, '‹›')
    .replace(/-?\d[\d.eE+-]*/g, '#')
    .slice(0, 160)
}

const AROUND = 24

function textDifference(library: string, ours: string): Omit<AspectDifference, 'aspect'> | undefined {
  if (library === ours) return undefined
  let at = 0
  while (library[at] === ours[at]) at++
  const shown = (text: string) => `…${text.slice(Math.max(at - AROUND, 0), at + AROUND)}…`
  const shape = (text: string) => shapeOf(text.slice(at, at + 3))
  return {
    library: shown(library),
    ours: shown(ours),
    sort: `${shapeOf(library.slice(at - 1, at))}: ${shape(library)} / ${shape(ours)}`,
  }
}

/** Digits and letters are alike; what stands around them tells the sort. */
const shapeOf = (text: string): string =>
  text
    .replace(/\d+/g, '0')
    .replace(/\p{L}+/gu, 'a')
    .replace(/[^\x20-\x7e]/g, '·')
