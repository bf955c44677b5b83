import type { ReadElement } from './lenient-read.ts'

/** The text of a value that is left, and whether it is an object. */
export interface Part {
  readonly isObject: boolean
  readonly text: string
}

/** A property as it is written after a move. */
export type MovedText = readonly [name: string, text: string]

type Column = readonly (string | undefined)[]

/**
 * Puts values in `name` and parts in `_name`; where the element is not a primitive, everything in `name`. Values and parts of
 * the same index stay together. What has no content is left out.
 */
export function movedTexts(
  { property, name }: ReadElement,
  mains: readonly (Part | undefined)[],
  companions: readonly (Part | undefined)[],
): readonly MovedText[] {
  const length = Math.max(mains.length, companions.length)
  const pairs = Array.from({ length }, (_, index) => [mains[index], companions[index]] as const)
  const left = pairs.filter(([main, companion]) => main !== undefined || companion !== undefined)
  const pick = (isObject: boolean): Column => left.map((pair) => pair.find((part) => part?.isObject === isObject)?.text)
  const columns: readonly [string, Column][] =
    property.kind === 'primitive'
      ? [
          [name, pick(false)],
          [`_${name}`, pick(true)],
        ]
      : [[name, pick(true)]]
  return columns.flatMap(([key, texts]) =>
    texts.some(isThere) ? [[key, written(texts, property.repeats)] as const] : [],
  )
}

const isThere = (text: string | undefined): boolean => text !== undefined

function written(texts: Column, repeats: boolean): string {
  return repeats ? `[${texts.map((text) => text ?? 'null').join(', ')}]` : (texts[0] ?? 'null')
}
