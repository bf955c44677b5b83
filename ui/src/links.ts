import { useSyncExternalStore } from 'react'

/** What the page shows. The hash of the URL is this, so every view and selection can be linked. */
export type View =
  | { readonly name: 'overview' }
  | { readonly name: 'events' }
  | { readonly name: 'event'; readonly type: string; readonly id: string }
  | { readonly name: 'rejected'; readonly selected?: string }
  | { readonly name: 'exchange'; readonly id: string }
  | { readonly name: 'unknown'; readonly hash: string }

/** Reads a hash such as `#/rejected/x12`. What it does not know becomes `unknown`. */
export function viewOf(hash: string): View {
  const [root, ...parts] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  const [first, second] = parts
  const depth = parts.length
  if (root === '' && depth === 0) return { name: 'overview' }
  if (root === 'events' && depth === 0) return { name: 'events' }
  if (root === 'events' && depth === 2 && first && second) return { name: 'event', type: first, id: second }
  if (root === 'rejected' && depth === 0) return { name: 'rejected' }
  if (root === 'rejected' && depth === 1 && first) return { name: 'rejected', selected: first }
  if (root === 'exchanges' && depth === 1 && first) return { name: 'exchange', id: first }
  return { name: 'unknown', hash }
}

/** The links of the page, as `href`. `event` takes `Type/id`, as the API writes it. */
export const links = {
  overview: '#/',
  events: '#/events',
  rejected: '#/rejected',
  event: (reference: string) => `#/events/${reference.split('/').map(encodeURIComponent).join('/')}`,
  refusal: (exchange: string) => `#/rejected/${encodeURIComponent(exchange)}`,
  exchange: (id: string) => `#/exchanges/${encodeURIComponent(id)}`,
}

/** The view of the current URL; the component is drawn again when the hash changes. */
export function useView(): View {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return viewOf(hash)
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
