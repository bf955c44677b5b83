import { unknownName } from '../../simulator/ground/text/suggest.ts'

/** Values by name: what was captured and saved. */
export type Values = Record<string, unknown>

const WHOLE = /^\$\{([^{}]+)\}$/
const PART = /\$\{([^{}]+)\}/g

/**
 * The value with each `${name}` in its strings and member names replaced; a string that is nothing else becomes the value
 * itself. A dot leads into objects and lists. Throws when there is no such value.
 */
export function fill<T>(template: T, values: Values): T {
  return filled(template, values) as T
}

function filled(template: unknown, values: Values): unknown {
  if (typeof template === 'string') return filledText(template, values)
  if (Array.isArray(template)) return template.map((one) => filled(one, values))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [String(filledText(name, values)), filled(value, values)]),
  )
}

function filledText(text: string, values: Values): unknown {
  const whole = WHOLE.exec(text)?.[1]
  if (whole !== undefined) return lookUp(whole, values)
  return text.replace(PART, (_, path: string) => String(lookUp(path, values)))
}

function lookUp(path: string, values: Values): unknown {
  const [name = '', ...rest] = path.split('.')
  if (!(name in values)) throw new Error(unknownName('value', name, Object.keys(values)))
  const found = rest.reduce<unknown>((node, part) => (node as Values | undefined)?.[part], values[name])
  if (found === undefined) throw new Error(`The value ${name} has no ${rest.join('.')}.`)
  return found
}
