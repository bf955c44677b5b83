import { correct } from '../simulator/rules/fhir/correct.ts'
import { validateLenient } from '../simulator/rules/fhir/lenient.ts'
import { STRICT_DEFAULTS, validateStrict } from '../simulator/rules/fhir/strict.ts'
import { decode } from './compare/said.ts'
import type { Input } from './generate/inputs.ts'
import type { Library } from './library/library.ts'
import { acceptsLeniently, acceptsStrictly, type FirelyMajor, type Opinion } from './library/opinion.ts'
import { table } from './report.ts'

/** Rounds that only warm both sides up, and rounds that count. */
const WARM = 5
const ROUNDS = 9

interface Timed {
  readonly input: Input
  readonly opinion: Opinion
  /** Microseconds of each round, by what was timed. */
  readonly rounds: Record<Column, number[]>
}

const COLUMNS = ['library strict', 'our strict', 'library lenient', 'our lenient'] as const
type Column = (typeof COLUMNS)[number]

/**
 * Times both sides on the same payloads in one run, payload by payload and in turns, so that a busy machine slows both. Of
 * each payload the median of the rounds counts. Bytes in, verdict out; the lenient side writes what it forwards too.
 */
export async function timingTable(library: Library, inputs: readonly Input[], sdk: FirelyMajor): Promise<string> {
  const timed: Timed[] = []
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const opinions = await library.askAll(inputs.map(({ bytes }) => bytes))
    inputs.forEach((input, index) => {
      const opinion = opinions[index] as Opinion
      timed[index] ??= {
        input,
        opinion,
        rounds: { 'library strict': [], 'our strict': [], 'library lenient': [], 'our lenient': [] },
      }
      if (round >= WARM) note(timed[index], opinion, ours(input.bytes, sdk))
      else ours(input.bytes, sdk)
    })
  }
  const { firely, dotnet } = library.versions
  const head = `${inputs.length} payloads, Firely ${firely} on .NET ${dotnet}, this project on Node ${process.versions.node}; medians of ${ROUNDS} rounds after ${WARM}, microseconds for the median payload (and for the mean)`
  return `${head}\n\n${table([['payloads', 'count', 'bytes', ...COLUMNS, 'strict: times faster', 'lenient: times faster'], ...rowsOf(timed)])}`
}

function note({ rounds }: Timed, { strict, lenient }: Opinion, own: Own): void {
  rounds['library strict'].push(strict.microseconds)
  rounds['library lenient'].push(lenient.microseconds)
  rounds['our strict'].push(own.strict)
  rounds['our lenient'].push(own.lenient)
}

interface Own {
  readonly strict: number
  readonly lenient: number
}

function ours(bytes: Uint8Array, sdk: FirelyMajor): Own {
  const strict = timeOf(() => validateStrict(decode(bytes).text, { ...STRICT_DEFAULTS, sdk }))
  const lenient = timeOf(() => {
    const { text } = decode(bytes)
    if (validateLenient(text).issues.length === 0) correct(text)
  })
  return { strict, lenient }
}

function timeOf(work: () => void): number {
  const began = performance.now()
  work()
  return (performance.now() - began) * 1000
}

/** What is larger is a row of its own: one text of a megabyte counts as much as a thousand events. */
const LARGE_BYTES = 65_536
const isLarge = ({ input }: Timed): boolean => input.bytes.length > LARGE_BYTES

const GROUPS: readonly (readonly [string, (timed: Timed) => boolean])[] = [
  ['accepted by the strict reader', ({ opinion }) => acceptsStrictly(opinion)],
  ['refused by the strict reader', ({ opinion }) => !acceptsStrictly(opinion)],
  ['accepted by the lenient reader', ({ opinion }) => acceptsLeniently(opinion)],
  ['refused by the lenient reader', ({ opinion }) => !acceptsLeniently(opinion)],
  ['unchanged', ({ input }) => input.kind === 'unchanged'],
]

function rowsOf(timed: readonly Timed[]): string[][] {
  const usual = timed.filter((one) => !isLarge(one))
  return [
    row('all', usual),
    ...GROUPS.map(([name, belongs]) => row(name, usual.filter(belongs))),
    row('more than 64 KiB', timed.filter(isLarge)),
  ]
}

function row(name: string, of: readonly Timed[]): string[] {
  const payloads = COLUMNS.map((column) => of.map(({ rounds }) => median(rounds[column])))
  const [theirStrict = 0, ourStrict = 1, theirLenient = 0, ourLenient = 1] = payloads.map(median)
  const times = payloads.map((each) => `${median(each).toFixed(1)} (${mean(each).toFixed(1)})`)
  const faster = [theirStrict / ourStrict, theirLenient / ourLenient].map((ratio) => ratio.toFixed(1))
  return [name, String(of.length), mean(of.map(({ input }) => input.bytes.length)).toFixed(0), ...times, ...faster]
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1)

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0
}
