import { type EditorText, editorEn } from './editor-en.ts'
import { text } from './text.ts'

// As with the other texts: Norwegian ones are read only where they are wanted, and English ones stand in for them.
const norwegian = text.lang === 'nb' ? await import('./editor-nb.ts').catch(() => undefined) : undefined

/** The texts of the editor, in the language of the page. */
export const editorText: EditorText = norwegian?.editorNb ?? editorEn
