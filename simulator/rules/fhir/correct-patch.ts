import type { PatchOperation } from '../json/json-patch.ts'
import { childPointer } from './lenient-json.ts'
import type { SourceNode } from './lenient-nodes.ts'

/*
 * Operations of a JSON Patch (RFC 6902) that change the shape of a value without saying it again, so that no number in it
 * goes through another program. They are listed from the last to the first, as the corrector collects them.
 */

/** A name that the object does not have, to lay a value aside under. */
export function freeName({ members }: SourceNode, name: string): string {
  const keys = new Set(members.map(({ key }) => key))
  let free = `${name}#`
  while (keys.has(free)) free += '#'
  return free
}

/** Makes an array of the value at `path`, or a value of the one that is left of the array there. */
export function reshaped(path: string, aside: string, shape: 'wrap' | 'unwrap', index: number): PatchOperation[] {
  const item = childPointer(path, index)
  if (shape === 'unwrap') return [moved(item, path)]
  return [moved(aside, childPointer(path, 0)), { op: 'add', path, value: [] }, moved(path, aside)]
}

export function moved(from: string, path: string): PatchOperation {
  return { op: 'move', from, path }
}
