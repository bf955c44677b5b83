import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The colours that bodies have elsewhere on the page; they follow its theme. */
export const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ds-color-accent-text-subtle)' },
  { tag: tags.string, color: 'var(--ds-color-success-text-subtle)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--ds-color-brand2-text-subtle)' },
  { tag: [tags.punctuation, tags.comment], color: 'var(--ds-color-neutral-text-subtle)' },
])

const FIELD = {
  background: 'var(--ds-color-neutral-surface-default)',
  border: '1px solid var(--ds-color-neutral-border-default)',
  borderRadius: 'var(--ds-border-radius-sm)',
  color: 'inherit',
  font: 'inherit',
  fontSize: '0.8125rem',
  minHeight: '1.75rem',
}

/** The editor in the design system's clothes. */
export const look = EditorView.theme({
  '&': {
    background: 'var(--ds-color-neutral-background-default)',
    border: '1px solid var(--ds-color-neutral-border-default)',
    borderRadius: 'var(--ds-border-radius-md)',
    color: 'var(--ds-color-neutral-text-default)',
    fontSize: '0.8125rem',
  },
  '&.cm-focused': { outline: '3px solid var(--ds-color-focus-outer)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.25rem' },
  '.cm-content': { caretColor: 'var(--ds-color-neutral-text-default)', padding: '0.5rem 0' },
  '.cm-placeholder': { color: 'var(--ds-color-neutral-text-subtle)' },
  '.cm-gutters': {
    background: 'var(--ds-color-neutral-surface-tinted)',
    border: '0',
    color: 'var(--ds-color-neutral-text-subtle)',
    fontSize: '0.75rem',
  },
  ':is(.cm-activeLine, .cm-activeLineGutter)': { background: 'var(--ds-color-neutral-surface-hover)' },
  '.cm-foldPlaceholder': {
    background: 'none',
    border: '0',
    color: 'var(--ds-color-neutral-text-subtle)',
    padding: '0 0.5rem',
  },
  '.cm-lintRange-error': {
    backgroundColor: 'var(--ds-color-danger-surface-tinted)',
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--ds-color-danger-base-default)',
    textUnderlineOffset: '0.25em',
  },
  ':is(.cm-panels, .cm-tooltip)': {
    background: 'var(--ds-color-neutral-surface-tinted)',
    borderColor: 'var(--ds-color-neutral-border-subtle)',
    color: 'var(--ds-color-neutral-text-default)',
    fontFamily: 'inherit',
  },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap' },
  '.cm-panel.cm-search': { padding: '0.4rem 2rem 0.4rem 0.5rem' },
  '.cm-panel.cm-search label': { fontSize: '0.8125rem' },
  '.cm-textfield': FIELD,
  '.cm-button': { ...FIELD, backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close]': { color: 'inherit', minHeight: '1.75rem', minWidth: '1.75rem' },
  '.cm-searchMatch': { backgroundColor: 'var(--ds-color-warning-surface-tinted)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--ds-color-warning-surface-active)' },
})
