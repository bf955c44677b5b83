/** The texts of the editor, in English; they are read with it. `phrases`: what CodeMirror says, by its own English words. */
export const editorEn = {
  hint: 'Tab leaves the editor. Ctrl+F searches, Ctrl+Z undoes, Ctrl+] indents, F8 goes to the next error, F9 folds.',
  phrases: {},
}

/** What every language has. */
export interface EditorText {
  readonly hint: string
  readonly phrases: Readonly<Record<string, string>>
}
