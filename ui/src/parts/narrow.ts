import { useSyncExternalStore } from 'react'

const NARROW = '(width < 60rem)'

/** Whether rows are drawn as cards, because the window is narrow. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches)
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
