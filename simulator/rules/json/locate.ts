import { MAX_DEPTH } from '../fhir/walker.ts'
import type { Issue } from '../issue.ts'
import { locatorIn, positionsIn, readTree } from './json-text.ts'

/** Adds line and column to issues that have a JSON Pointer: where its value stands in the text that was sent. */
export function locateIssues(text: string, issues: readonly Issue[]): readonly Issue[] {
  if (issues.length === 0) return issues
  const tree = readTree(text, MAX_DEPTH)
  if (tree.fault) return issues
  const position = positionsIn(text)
  const locate = locatorIn(tree.root)
  return issues.map((issue) => {
    const place = issue.pointer === undefined ? undefined : locate(issue.pointer)
    return place ? { ...issue, ...position(place.node.start) } : issue
  })
}
