/**
 * The path that SDK 5 prints (PathStack.cs): names of elements without the type of a choice; whatever is entered as a list
 * has an index, be it a list or not.
 */
export class Path5 {
  private readonly parts: string[] = []
  private readonly indexes: (number | undefined)[] = []

  /** Only the root's type is printed. */
  enterResource(name: string): void {
    if (this.parts.length <= 1) this.enter(name, undefined)
  }

  leaveResource(): void {
    if (this.parts.length === 1) this.leave()
  }

  enter(name: string, index: number | undefined): void {
    this.parts.push(name)
    this.indexes.push(index)
  }

  leave(): void {
    this.parts.pop()
    this.indexes.pop()
  }

  /** Moves the index of the last part on. */
  advance(by = 1): void {
    const last = this.indexes.length - 1
    this.indexes[last] = (this.indexes[last] ?? 0) + by
  }

  toString(): string {
    const printed = this.parts.map((part, step) => {
      const index = this.indexes[step]
      return index === undefined ? part : `${part}[${index}]`
    })
    return printed.filter((part) => part !== '').join('.')
  }
}
