import type { Expansion } from '../read-yaml.ts'
import { parseCsv } from '../reports/libraries.ts'
import { ACTIONS } from './step.ts'

/** Reads a file that a pack names, by its path from the pack. Throws where it cannot. */
export type Load = (path: string) => string

/** Gives what stands in a YAML text. Throws with what is wrong with it. */
export type Parse = (file: string, text: string) => unknown

/** What a pack is expanded with. */
export interface Expander {
  readonly load: Load
  readonly parse: Parse
}

type Members = Readonly<Record<string, unknown>>
type Path = readonly PropertyKey[]

/** A step as it is played, and where it is written. */
interface Expanded {
  readonly step: unknown
  readonly path: Path
}

/** What cannot be expanded, and where it is written. */
export class ExpansionFault extends Error {
  readonly path: Path

  constructor(path: Path, message: string) {
    super(message)
    this.path = path
  }
}

/**
 * A pack as it is written with its loops unrolled and its includes in place, before anything else of it is checked. Throws an
 * `ExpansionFault`.
 */
export function expandPack(pack: unknown, expander: Expander): Expansion {
  if (!isMembers(pack) || !Array.isArray(pack.scenarios)) return { value: pack, written: (path) => path }
  const expanded = pack.scenarios.map((scenario: unknown, at) => {
    const steps = isMembers(scenario) && Array.isArray(scenario.steps) ? scenario.steps : undefined
    return steps?.flatMap((step: unknown, index) => expandStep(step, ['scenarios', at, 'steps', index], expander, 0))
  })
  const scenarios = pack.scenarios.map((scenario: unknown, at) => {
    const steps = expanded[at]?.map(({ step }) => step)
    return isMembers(scenario) && steps ? { ...scenario, steps } : scenario
  })
  const written = (path: Path): Path => {
    const [first, at, steps, index, ...rest] = path
    const found = first === 'scenarios' && steps === 'steps' ? expanded[Number(at)]?.[Number(index)] : undefined
    return found ? [...found.path, ...rest] : path
  }
  return { value: { ...pack, scenarios }, written }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Files that include each other would never end. */
const DEEPEST = 8

function expandStep(written: unknown, path: Path, expander: Expander, depth: number): Expanded[] {
  if (!isMembers(written) || !['each', 'include', 'steps'].some((key) => key in written))
    return [{ step: written, path }]
  const { each, steps, include, ...step } = written
  if (depth > DEEPEST) throw new ExpansionFault(path, `Files are included more than ${DEEPEST} deep.`)
  requireOne({ each, steps, include, step }, path)
  return rowsOf(each, path, expander).flatMap((row) => {
    const inner = (of: readonly unknown[], below: (index: number) => Path) =>
      of.flatMap((one, index) => expandStep(withRow(one, row), below(index), expander, depth + 1))
    if (include !== undefined) return inner(stepsIn(String(withRow(include, row)), path, expander), () => path)
    if (Array.isArray(steps)) return inner(steps, (index) => [...path, 'steps', index])
    return [{ step: withRow(named(step, row), row), path }]
  })
}

/** A loop repeats one step, or several, or what it includes; nothing else has steps inside. */
function requireOne({ each, steps, include, step }: Members, path: Path): void {
  if (steps !== undefined && each === undefined)
    throw new ExpansionFault([...path, 'steps'], 'Steps inside a step are those of a loop: it needs each.')
  if (steps !== undefined && !Array.isArray(steps))
    throw new ExpansionFault([...path, 'steps'], 'It must be a list of steps.')
  const besides = Object.keys(step as Members)
  if ((steps !== undefined || include !== undefined) && besides.length > 0)
    throw new ExpansionFault(
      [...path, besides[0] ?? ''],
      `A step that has others inside has no ${besides[0]} of its own.`,
    )
}

function stepsIn(file: string, path: Path, { load, parse }: Expander): readonly unknown[] {
  try {
    const value = parse(file, load(file))
    if (isMembers(value) && Array.isArray(value.steps)) return value.steps
  } catch (error) {
    throw new ExpansionFault([...path, 'include'], `${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw new ExpansionFault([...path, 'include'], `${file} has no list of steps.`)
}

/** The rows of a table, of every combination of several lists, or of a CSV file with a header; one without a loop. */
function rowsOf(each: unknown, path: Path, { load }: Expander): readonly unknown[] {
  if (each === undefined) return [undefined]
  if (Array.isArray(each) && each.length > 0) return each
  if (isMembers(each) && typeof each.csv === 'string') return csvRows(each.csv, path, load)
  const lists = isMembers(each) ? Object.entries(each) : []
  if (lists.length === 0 || !lists.every(([, values]) => Array.isArray(values) && values.length > 0))
    throw new ExpansionFault([...path, 'each'], 'It must be a list of rows, an object of lists, or { csv: FILE }.')
  return lists.reduce<Members[]>(
    (rows, [name, values]) =>
      rows.flatMap((row) => (values as readonly unknown[]).map((value) => ({ ...row, [name]: value }))),
    [{}],
  )
}

function csvRows(file: string, path: Path, load: Load): readonly unknown[] {
  const at = [...path, 'each']
  try {
    const { data, errors } = parseCsv<Readonly<Record<string, string>>>(load(file).trim(), { header: true })
    const [error] = errors.filter(({ code }) => code !== 'UndetectableDelimiter')
    if (error) throw new Error(`row ${(error.row ?? 0) + 1}: ${error.message}`)
    if (data.length === 0) throw new Error('it has no row below its header')
    return data
  } catch (error) {
    throw new ExpansionFault(at, `${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A step of a loop says which row it is of. */
function named(step: Members, row: unknown): Members {
  if (row === undefined || step.name !== undefined) return step
  const [first] = typeof row === 'object' && row !== null ? Object.values(row).filter(isWord) : [row]
  const action = ACTIONS.find((one) => step[one] !== undefined)
  return isWord(first) ? { ...step, name: `${action}: ${first}` } : step
}

function isWord(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

const WHOLE = /^\$\{each(?:\.([\w.-]+))?\}$/
const PART = /\$\{each(?:\.([\w.-]+))?\}/g

/** The template with each `${each}` and `${each.name}` in it replaced; what else is in braces stays. */
function withRow<T>(template: T, row: unknown): T {
  return (row === undefined ? template : filled(template, row)) as T
}

function filled(template: unknown, row: unknown): unknown {
  if (typeof template === 'string') return filledText(template, row)
  if (Array.isArray(template)) return template.map((one) => filled(one, row))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [String(filledText(name, row)), filled(value, row)]),
  )
}

function filledText(text: string, row: unknown): unknown {
  const whole = WHOLE.exec(text)
  if (whole) return valueIn(row, whole[1])
  return text.replace(PART, (_, path: string | undefined) => String(valueIn(row, path)))
}

function valueIn(row: unknown, path: string | undefined): unknown {
  const parts = path === undefined ? [] : path.split('.')
  const value = parts.reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], row)
  if (value === undefined) throw new ExpansionFault([], `A row of the loop has no ${path}.`)
  return value
}
