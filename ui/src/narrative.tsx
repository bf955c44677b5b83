import { createElement, Fragment, type ReactNode } from 'react'
import './narrative.css'
import { useMask } from './reveal.ts'

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
/** Elements whose text is no text. */
const SILENT = [
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
]
/** Characters and elements of a narrative that are drawn. */
const LIMIT = { characters: 20_000, elements: 2_000, depth: 40 }

/**
 * A narrative that nobody vouches for. It is parsed into a document that runs and loads nothing, and what is drawn is built anew:
 * listed elements, no attribute at all, and text.
 */
export function Narrative({ div }: { readonly div: string }) {
  const mask = useMask()
  const { body } = new DOMParser().parseFromString(div.slice(0, LIMIT.characters * 4), 'text/html')
  const left = { characters: LIMIT.characters, elements: LIMIT.elements }
  return <div className="narrative anywhere">{childrenOf(body, left, mask, 0)}</div>
}

interface Left {
  characters: number
  elements: number
}

function childrenOf(node: Node, left: Left, mask: (text: string) => string, depth: number): ReactNode[] {
  if (depth > LIMIT.depth) return []
  return [...node.childNodes].map((child, index) => {
    const drawn = draw(child, left, mask, depth)
    return createElement(Fragment, { key: `${index}` }, drawn)
  })
}

function draw(node: Node, left: Left, mask: (text: string) => string, depth: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = (node.textContent ?? '').slice(0, left.characters)
    left.characters -= text.length
    return mask(text)
  }
  if (!(node instanceof Element) || left.elements <= 0) return null
  left.elements -= 1
  const name = node.localName
  if (SILENT.includes(name)) return null
  const tag = DRAWN[name]
  if (tag === 'br' || tag === 'hr') return createElement(tag)
  const children = childrenOf(node, left, mask, depth + 1)
  return tag === undefined ? children : createElement(tag, null, ...children)
}
