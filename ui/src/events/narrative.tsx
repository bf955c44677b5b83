import { Parser } from 'htmlparser2'
import { createElement, Fragment, type ReactNode } from 'react'
import './narrative.css'
import { useMask } from '../parts/reveal.ts'

/** The elements that are drawn, and as what. Everything else is left out; of what is not here, the text remains. */
const DRAWN: Readonly<Record<string, string>> = {
  p: 'p',
  div: 'div',
  span: 'span',
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  u: 'span',
  br: 'br',
  hr: 'hr',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  table: 'table',
  caption: 'caption',
  thead: 'thead',
  tbody: 'tbody',
  tfoot: 'tfoot',
  tr: 'tr',
  th: 'th',
  td: 'td',
  pre: 'pre',
  code: 'code',
  blockquote: 'blockquote',
  h1: 'p',
  h2: 'p',
  h3: 'p',
  h4: 'p',
  h5: 'p',
  h6: 'p',
}
/** Elements of which not even the text is drawn. */
const SILENT = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'object',
  'embed',
  'noscript',
  'svg',
  'math',
  'head',
  'textarea',
  'select',
])
/** Characters and elements of a narrative that are drawn. */
const LIMIT = { characters: 20_000, elements: 2_000, depth: 40 }

/**
 * A narrative from a stranger. The browser's own parser never sees it, since that reports event handlers even where nothing runs:
 * a tokenizer reads it, and what is drawn is built again of listed elements, without any attribute, and text.
 */
export function Narrative({ div }: { readonly div: string }) {
  const mask = useMask()
  return <div className="narrative anywhere">{drawn(div.slice(0, LIMIT.characters * 4), mask)}</div>
}

/** An element that is open while its children are read. */
interface OpenElement {
  readonly name: string
  readonly silent: boolean
  readonly children: ReactNode[]
}

function drawn(html: string, mask: (text: string) => string): ReactNode[] {
  const left = { characters: LIMIT.characters, elements: LIMIT.elements }
  const root: OpenElement = { name: '', silent: false, children: [] }
  const open = [root]
  const innermost = () => open.at(-1) ?? root
  const parser = new Parser({
    onopentagname(name) {
      left.elements -= 1
      const silent = innermost().silent || SILENT.has(name) || left.elements < 0 || open.length > LIMIT.depth
      open.push({ name, silent, children: [] })
    },
    ontext(text) {
      if (innermost().silent) return
      const shown = text.slice(0, left.characters)
      left.characters -= shown.length
      appendText(innermost().children, shown)
    },
    onclosetag() {
      const element = open.pop()
      if (element && !element.silent) innermost().children.push(elementOf(element, mask))
    },
  })
  parser.end(html)
  return masked(root.children, mask)
}

/** The tokenizer gives a text in pieces, one for each entity: masking needs it whole. */
function appendText(children: ReactNode[], text: string): void {
  const last = children.at(-1)
  if (typeof last === 'string') children[children.length - 1] = last + text
  else children.push(text)
}

function masked(children: readonly ReactNode[], mask: (text: string) => string): ReactNode[] {
  return children.map((child) => (typeof child === 'string' ? mask(child) : child))
}

/** Of an element that is not drawn, its children remain. */
function elementOf({ name, children }: OpenElement, mask: (text: string) => string): ReactNode {
  const tag = Object.hasOwn(DRAWN, name) ? DRAWN[name] : undefined
  if (tag === 'br' || tag === 'hr') return createElement(tag)
  return createElement(tag ?? Fragment, null, ...masked(children, mask))
}
