/** What holds values, by the name that Newtonsoft.Json gives it. */
export type ContainerType = 'Object' | 'Array' | 'Constructor'

/** A container that is being read. */
export interface Container {
  readonly type: ContainerType
  /** The property of an object that was read last. */
  name: string
  /** How many values of an array or constructor were begun, less one. */
  index: number
  /** Whether anything of it was read: until then it does not show in a path. */
  isStarted: boolean
}

/** Characters for which a name stands in brackets (JsonPosition.cs). */
const SPECIAL = /[. '/"[\]()\t\n\r\f\b\\\u0085\u2028\u2029]/

/** Where a reader is, as Newtonsoft.Json prints it in messages: `entry[0].resource['a.b']`. */
export class JsonPath {
  private readonly containers: Container[] = []

  get depth(): number {
    return this.containers.length
  }

  enter(type: ContainerType): Container {
    const container = { type, name: '', index: -1, isStarted: false }
    this.containers.push(container)
    return container
  }

  leave(): void {
    this.containers.pop()
  }

  /** With `isInside` the innermost container's own position too. */
  print(isInside: boolean): string {
    const shown = isInside ? this.containers : this.containers.slice(0, -1)
    return shown.reduce((path, container) => path + step(container, path === ''), '')
  }
}

function step({ type, name, index }: Container, isFirst: boolean): string {
  if (type !== 'Object') return `[${index}]`
  if (SPECIAL.test(name)) return `['${escaped(name)}']`
  return isFirst ? name : `.${name}`
}

/** As JavaScriptUtils of Newtonsoft.Json writes a text between single quotes. */
function escaped(name: string): string {
  const inJson = JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return escapeSeparators(inJson)
}

/** Escapes the three line ends beyond ASCII, which JSON.stringify leaves alone. */
export function escapeSeparators(text: string): string {
  return /[\u0085\u2028\u2029]/.test(text)
    ? text.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text
}
