import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { addressee } from '../../../simulator/rules/addressee.ts'
import type { Issue } from '../data/api.ts'
import { useDebounced } from '../data/debounce.ts'
import { queries } from '../data/queries.ts'
import type { EditorMark } from './editor.tsx'
import { headlineOf } from './headline.ts'

/** Milliseconds without a key until the payload is checked. */
const PAUSE = 250
const NONE: readonly EditorMark[] = []

/** Who judges a payload. */
export type PayloadJudge = (payload: string) => ReturnType<typeof queries.check>

/** What the validators say of a payload while one writes, and its marks for the editor. `judge`: absent where nobody judges it. */
export function useChecked(payload: string, judge: PayloadJudge | undefined) {
  const settled = useDebounced(payload, PAUSE)
  const isEmpty = payload.trim() === '' || !judge
  const query = useQuery({
    ...(judge ?? queries.check)(settled),
    enabled: settled.trim() !== '' && !isEmpty,
    placeholderData: keepPreviousData,
  })
  const isCurrent = settled === payload && !query.isPlaceholderData
  const issues = query.data && addressee(query.data).verdict.issues
  const found = useMemo(() => issues?.map(markOf), [issues])
  return { query, isEmpty, isCurrent, marks: isEmpty ? NONE : isCurrent ? found : undefined }
}

function markOf(issue: Issue): EditorMark {
  return { line: issue.line, column: issue.column, message: headlineOf(issue) }
}
