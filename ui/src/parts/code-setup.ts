import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { yaml } from '@codemirror/lang-yaml'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
  toggleFold,
} from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder as placeholderOf,
} from '@codemirror/view'
import { editorText } from '../text/editor-text.ts'
import { colours, look } from './code-look.ts'
import type { EditorProps } from './editor.tsx'

const LANGUAGES = { json, yaml } as const

interface Setup extends Required<Pick<EditorProps, 'language' | 'label' | 'placeholder'>> {
  /** The id of the element that tells the keys. */
  readonly hint: string
  readonly tell: (text: string) => void
  /** Whether the file was taken. */
  readonly drop: (file: File) => boolean
}

/** Line numbers, folding, search, undo, wrapping and marks. Tab leaves the editor, as it leaves every other field. */
export function setup({ language, label, placeholder, hint, tell, drop }: Setup): Extension[] {
  return [
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    search({ top: true }),
    LANGUAGES[language](),
    syntaxHighlighting(colours),
    look,
    EditorView.lineWrapping,
    placeholderOf(placeholder),
    EditorState.phrases.of(editorText.phrases),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': hint, tabindex: '0' }),
    // On a Norwegian keyboard nobody can press the keys that CodeMirror has for folding.
    keymap.of([
      { key: 'F9', run: toggleFold },
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) tell(update.state.doc.toString())
    }),
    EditorView.domEventHandlers({ drop: (event) => taken(event, drop) }),
  ]
}

function taken(event: DragEvent, drop: Setup['drop']): boolean {
  const file = event.dataTransfer?.files[0]
  if (file === undefined || !drop(file)) return false
  event.preventDefault()
  return true
}
