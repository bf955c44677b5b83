import { useSyncExternalStore } from 'react'

const KEY = 'jftsim-theme'

/** `auto` is what the system says. */
export const THEMES = ['auto', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

const listeners = new Set<() => void>()

/** Draws the page in the theme that was chosen last. */
export function applyTheme(): void {
  document.documentElement.dataset.colorScheme = storedTheme()
}

/** Chooses the next theme, and remembers it. */
export function nextTheme(): void {
  const next = THEMES[(THEMES.indexOf(storedTheme()) + 1) % THEMES.length] ?? 'auto'
  localStorage.setItem(KEY, next)
  applyTheme()
  for (const listener of listeners) listener()
}

/** The chosen theme. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, storedTheme)
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY)
  return THEMES.find((theme) => theme === stored) ?? 'auto'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
