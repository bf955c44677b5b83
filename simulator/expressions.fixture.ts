import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'

/** Where something stands in the source, and its own text there. */
export interface Found {
  readonly file: string
  readonly text: string
}

/** A regular expression of the source. The pattern is undefined where the source alone does not say it. */
export interface Expression extends Found {
  readonly pattern: string | undefined
  readonly flags: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

const FOLDERS = ['simulator', 'scenarios', 'cli', 'fixtures']

/** The files that run: no tests, and nothing that only tests use. */
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))),
)
  .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
  .sort()

/** Every regular expression, as a literal or made by `RegExp`. */
export function expressions(): Expression[] {
  return FILES.flatMap((file) => {
    const { nodes, textOf } = read(file)
    const constants = constantsOf(nodes)
    return nodes.flatMap((node): Expression[] => {
      const text = textOf(node)
      if (isRegExpCall(node)) {
        const [pattern, flags] = node.arguments as readonly (Node | undefined)[]
        return [{ file, text, pattern: fold(pattern, constants), flags: fold(flags, constants) ?? '' }]
      }
      const regex = node.regex as { readonly pattern: string; readonly flags: string } | undefined
      return regex === undefined ? [] : [{ file, text, ...regex }]
    })
  })
}

/** Every call that takes the items of a list as its arguments. */
export function spreadCalls(): Found[] {
  return FILES.flatMap((file) => {
    const { nodes, textOf } = read(file)
    const calls = nodes.filter(({ type, arguments: given }) => {
      const isCall = type === 'CallExpression' || type === 'NewExpression'
      return isCall && (given as readonly Node[]).some((argument) => argument.type === 'SpreadElement')
    })
    return calls.map((node) => ({ file, text: textOf(node).replace(/\s+/g, ' ') }))
  })
}

function read(file: string): { readonly nodes: readonly Node[]; readonly textOf: (node: Node) => string } {
  const source = readFileSync(file, 'utf8')
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`)
  return { nodes: [...nodesIn(program)], textOf: ({ start, end }) => source.slice(start, end) }
}

function* nodesIn(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if ('type' in value && typeof value.type === 'string') yield value as Node
  for (const member of Object.values(value)) yield* nodesIn(member)
}

const isRegExpCall = ({ type, callee }: Node): boolean =>
  (type === 'NewExpression' || type === 'CallExpression') && (callee as Node).name === 'RegExp'

type Constants = ReadonlyMap<string, Node>

/** What each `const` of a file is given, by its name; names that are given twice are none. */
function constantsOf(nodes: readonly Node[]): Constants {
  const constants = new Map<string, Node>()
  const twice = new Set<string>()
  for (const { type, id, init } of nodes) {
    const { name } = (id ?? {}) as { readonly name?: string }
    if (type !== 'VariableDeclarator' || name === undefined || init === null) continue
    if (constants.has(name)) twice.add(name)
    constants.set(name, init as Node)
  }
  for (const name of twice) constants.delete(name)
  return constants
}

/** The text that an expression of constants has; undefined where it has others. */
function fold(node: Node | undefined, constants: Constants): string | undefined {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value : undefined
    case 'Identifier':
      return fold(constants.get(String(node.name)), constants)
    case 'MemberExpression':
      return sourceOf(node, constants)
    case 'TemplateLiteral': {
      const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[]
      const inner = (node.expressions as readonly Node[]).map((one) => fold(one, constants))
      if (inner.includes(undefined)) return undefined
      return quasis.map(({ value }, index) => value.cooked + (inner[index] ?? '')).join('')
    }
    default:
      return undefined
  }
}

/** `NAME.source` of a literal. */
function sourceOf({ object, property }: Node, constants: Constants): string | undefined {
  const of = constants.get(String((object as Node).name))?.regex as { readonly pattern: string } | undefined
  return (property as Node).name === 'source' ? of?.pattern : undefined
}
