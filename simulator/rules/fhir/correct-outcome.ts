import type { Edit } from '../json/edits.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import type { SourceMember, SourceNode } from './lenient-nodes.ts'

/** What correcting a value came to: whether it is still there, and the changes to it. */
export interface Rewrite {
  readonly kept: boolean
  readonly edits: readonly Edit[]
  readonly operations: readonly PatchOperation[]
}

/** Nothing changes. */
export const UNTOUCHED: Rewrite = { kept: true, edits: [], operations: [] }
/** The value goes. */
export const GONE: Rewrite = { kept: false, edits: [], operations: [] }

/** Brackets around a value. */
export function wrapped({ start, end }: SourceNode, inner: readonly Edit[]): readonly Edit[] {
  return [{ start, end: start, text: '[' }, ...inner, { start: end, end, text: ']' }]
}

/** Only the last value counts where the parser takes more than one. */
export function unwrapped(array: SourceNode, own: readonly Rewrite[], inner: readonly Edit[]): readonly Edit[] {
  const item = array.items[own.findLastIndex(({ kept }) => kept)]
  if (item === undefined) return inner
  return [{ start: array.start, end: item.start, text: '' }, ...inner, { start: item.end, end: array.end, text: '' }]
}

/** Where a member begins: at its name. */
export const extentStart = ({ keyStart }: SourceMember): number => keyStart

/** A member from its name to the end of its value. */
export function extentOf({ keyStart, value }: SourceMember): { readonly start: number; readonly end: number } {
  return { start: keyStart, end: value.end }
}
