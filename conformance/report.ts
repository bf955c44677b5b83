import { ASPECTS, type Aspect, type AspectDifference } from './compare/aspects.ts'
import type { Figure, Group, Result } from './compare/run.ts'

/** The figures as one table: a row for all inputs, then one for each kind. */
export function figuresTable({ figures }: Result): string {
  const rows = [...figures].sort(([one], [other]) => (one < other ? -1 : 1))
  const header = ['kind of input', ...ASPECTS]
  const lines = [['all', ...cells(summed(figures))], ...rows.map(([kind, of]) => [kind, ...cells(of)])]
  return table([header, ...lines])
}

/** How many inputs differ in one aspect, those not counted that are meant. */
export function unexpected({ groups }: Result, aspect: Aspect): number {
  const of = groups.filter((group) => group.difference.aspect === aspect && group.deliberate === undefined)
  return of.reduce((sum, { count }) => sum + count, 0)
}

function summed(figures: Result['figures']): ReadonlyMap<Aspect, Figure> {
  const all = new Map<Aspect, Figure>()
  for (const [aspect, { same, meant, total }] of [...figures.values()].flatMap((of) => [...of])) {
    const sum = all.get(aspect) ?? { same: 0, meant: 0, total: 0 }
    all.set(aspect, { same: sum.same + same, meant: sum.meant + meant, total: sum.total + total })
  }
  return all
}

function cells(of: ReadonlyMap<Aspect, Figure>): string[] {
  return ASPECTS.map((aspect) => {
    const figure = of.get(aspect)
    if (figure === undefined) return '–'
    const { same, meant, total } = figure
    const share = `${percent(same + meant, total)} of ${total}`
    return meant === 0 ? share : `${share} (${meant} meant)`
  })
}

/** Rounded down, so that 100 % is all of them. */
function percent(part: number, whole: number): string {
  return part === whole ? '100 %' : `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`
}

/** Lines of a Markdown table whose columns stand below each other. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [header = [], ...body] = rows
  return [line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join('\n')
}

/** One sort of difference with its smallest payload. */
export function describeGroup(
  group: Group,
  { payload, library, ours }: { payload: Buffer } & AspectDifference,
): string {
  const { difference, count, kinds, example } = group
  const most = [...kinds].sort(([, one], [, other]) => other - one).slice(0, 4)
  return [
    `### ${difference.aspect}: ${shown(difference.sort)}`,
    `${count} inputs, of the kinds ${most.map(([kind, of]) => `${kind} (${of})`).join(', ')}; for example ${example.id}`,
    '',
    `    payload  ${shown(payload.toString())}`,
    `    library  ${shown(library)}`,
    `    ours     ${shown(ours)}`,
  ].join('\n')
}

const LONGEST = 900

/** On one line, with what cannot be seen as an escape. */
function shown(text: string): string {
  const visible = text.replace(
    /[^\x20-\x7e\u00a1-\u017f]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
  return visible.length > LONGEST ? `${visible.slice(0, LONGEST)}… (${text.length} characters)` : visible
}
