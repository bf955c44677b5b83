import { useSyncExternalStore } from 'react'

const KEY = 'jftsim-opened'
/** How many opened exchanges are remembered, the latest. */
const REMEMBERED = 2_000

/** What tells exchanges apart that have the same id because the simulator was started again. */
interface Mark {
  readonly id: string
  readonly time: string
}

let opened: ReadonlySet<string> = stored()
const listeners = new Set<() => void>()

/** Remembers that exchanges were looked at. */
export function markOpened(...exchanges: readonly Mark[]): void {
  const added = exchanges.map(nameOf).filter((name) => !opened.has(name))
  if (added.length === 0) return
  opened = new Set([...opened, ...added].slice(-REMEMBERED))
  localStorage.setItem(KEY, JSON.stringify([...opened]))
  for (const listener of listeners) listener()
}

/** Tells whether an exchange was not looked at yet; the component is drawn again when one is. */
export function useUnread(): (exchange: Mark) => boolean {
  const names = useSyncExternalStore(subscribe, () => opened)
  return (exchange) => !names.has(nameOf(exchange))
}

function nameOf({ id, time }: Mark): string {
  return `${id}@${time}`
}

function stored(): ReadonlySet<string> {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return new Set(Array.isArray(names) ? names.map(String) : [])
  } catch {
    return new Set()
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
