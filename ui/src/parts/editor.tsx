import type { Ref } from 'react'
import './editor.css'
import { Lazy } from './lazy.tsx'

/** Where a text is wrong, from 1, and how. Without a line it has no place. */
export interface EditorMark {
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly message: string
}

/** What can be done with an editor from outside. */
export interface EditorHandle {
  /** Puts the cursor at a place, from 1, and shows it. */
  goTo(line: number, column: number): void
  focus(): void
}

/** An editor of a text: the text is the caller's, the history of changes is the editor's. */
export interface EditorProps {
  readonly ref?: Ref<EditorHandle>
  readonly value: string
  readonly change: (value: string) => void
  /** Takes a file that was dropped; otherwise its text is put where it was dropped. */
  readonly open?: (file: File) => Promise<void>
  readonly language: 'json' | 'yaml'
  readonly label: string
  readonly placeholder?: string
  /** Shown in the text and beside it. `undefined`: not known yet, and those from before move with the text. */
  readonly marks: readonly EditorMark[] | undefined
}

/** The editor of every longer text of the page. Its code is large, and loaded when it is first shown. */
export function Editor(props: EditorProps) {
  return (
    <Lazy name="editor" load={() => import('./code-editor.tsx')}>
      {({ CodeEditor }) => <CodeEditor {...props} />}
    </Lazy>
  )
}
