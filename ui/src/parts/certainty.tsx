import { Tag } from '@digdir/designsystemet-react'
import type { RuleEntry } from '../data/api.ts'
import { text } from '../text/text.ts'
import { wordOf } from '../text/word-of.ts'

/** How sure the simulator can be that the real service behaves so. */
type Certainty = RuleEntry['certainty']

/** The colour of each certainty, as the design system names it. */
const COLOURS = { documented: 'success', observed: 'info', assumed: 'warning' } as const satisfies Record<
  Certainty,
  string
>

/** All certainties, the surest first. */
export const CERTAINTIES = Object.keys(COLOURS) as Certainty[]

interface CertaintyTagProps {
  /** One of `CERTAINTIES`, or another name, from a journal of another version. */
  readonly certainty: string
  /** What is told of it; by default, what the certainty means. */
  readonly title?: string
}

/** How sure a rule is, as a word. */
export function CertaintyTag({ certainty, title }: CertaintyTagProps) {
  const known = CERTAINTIES.find((one) => one === certainty)
  return (
    <Tag
      data-color={known ? COLOURS[known] : 'neutral'}
      title={title ?? (known ? text.issue.certaintyMeaning[known] : '')}
    >
      {wordOf(text.issue.certainty, certainty)}
    </Tag>
  )
}
