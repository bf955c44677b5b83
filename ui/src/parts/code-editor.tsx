import { isolateHistory } from '@codemirror/commands'
import { setDiagnostics } from '@codemirror/lint'
import { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useEffectEvent, useId, useImperativeHandle, useRef } from 'react'
import { editorText } from '../text/editor-text.ts'
import { diagnosticsOf, offsetAt } from './code-places.ts'
import { setup } from './code-setup.ts'
import type { EditorProps } from './editor.tsx'

/** CodeMirror, as a part of the page: `Editor` loads it. */
export function CodeEditor({ ref, value, change, open, language, label, placeholder = '', marks }: EditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  /** The text as it was last taken from outside or told there. */
  const known = useRef(value)
  const hint = useId()
  /** Nobody has written since the text came from outside: its first error is shown when it is known. */
  const untouched = useRef(true)
  const tell = useEffectEvent((text: string) => {
    untouched.current = text === known.current
    known.current = text
    change(text)
  })
  const drop = useEffectEvent((file: File) => {
    void open?.(file)
    return open !== undefined
  })
  const begin = useEffectEvent((parent: HTMLElement) => {
    const extensions = setup({ language, label, placeholder, hint, tell, drop })
    return new EditorView({ parent, doc: known.current, extensions })
  })
  useEffect(() => {
    if (!host.current) return
    view.current = begin(host.current)
    return () => view.current?.destroy()
  }, [])
  useEffect(() => {
    if (value === known.current) return
    known.current = value
    replaceText(view, value)
  }, [value])
  useEffect(() => {
    if (!marks || !view.current) return
    const diagnostics = diagnosticsOf(view.current.state.doc, marks)
    view.current.dispatch(setDiagnostics(view.current.state, diagnostics))
    if (untouched.current && diagnostics.length > 0)
      show(view.current, Math.min(...diagnostics.map(({ from }) => from)))
  }, [marks])
  useImperativeHandle(
    ref,
    () => ({ goTo: (line, column) => goTo(view, line, column), focus: () => view.current?.focus() }),
    [],
  )
  return (
    <div className="code-editor">
      <div ref={host} />
      <p className="quiet" id={hint}>
        {editorText.hint}
      </p>
    </div>
  )
}

/** One step of the history, so that it is undone at once. */
function replaceText({ current: view }: RefObject<EditorView | null>, text: string): void {
  view?.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: isolateHistory.of('full'),
  })
}

function goTo({ current: view }: RefObject<EditorView | null>, line: number, column: number): void {
  if (!view) return
  const anchor = offsetAt(view.state.doc, line, column)
  view.dispatch({ selection: { anchor } })
  show(view, anchor)
  view.focus()
}

function show(view: EditorView, offset: number): void {
  view.dispatch({ effects: EditorView.scrollIntoView(offset, { y: 'center' }) })
}
