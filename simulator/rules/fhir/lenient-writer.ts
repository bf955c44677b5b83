import type { LenientReading, ReadElement, ReadObject } from './lenient.ts'
import type { SourceNode } from './lenient-json.ts'

/**
 * Writes a corrected text anew as a serialiser does: `resourceType` first, then the elements in the order of R4, `_name`
 * after `name`, no blanks. Numbers and strings keep the form that they have in the text.
 */
export function writeInOrder(text: string, { root, readings }: LenientReading): string {
  const writeObject = ({ type, elements }: ReadObject): string => {
    const rank = new Map(type.elements.map(({ name }, index) => [name, index]))
    const rankOf = ({ property }: ReadElement) => rank.get(property.element.name) ?? rank.size
    const inOrder = [...elements].sort((one, other) => rankOf(one) - rankOf(other))
    const members = inOrder.flatMap(({ main, companion }) =>
      [main, companion].flatMap((member) =>
        member === undefined ? [] : [`${JSON.stringify(member.key)}:${write(member.value)}`],
      ),
    )
    const head = type.kind === 'resource' ? [`"resourceType":${JSON.stringify(type.name)}`] : []
    return `{${[...head, ...members].join(',')}}`
  }
  const write = (node: SourceNode): string => {
    if (node.kind === 'array') return `[${node.items.map(write).join(',')}]`
    const reading = readings.get(node)
    if (reading === undefined) return 'null'
    return 'object' in reading ? writeObject(reading.object) : text.slice(node.start, node.end)
  }
  return writeObject(root)
}
