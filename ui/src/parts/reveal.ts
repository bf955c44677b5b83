import { useSyncExternalStore } from 'react'
import { maskInPlace } from '../../../simulator/ground/text/mask/mask.ts'

/** Eleven digits on their own: a Norwegian identity number, or what is meant to be one. */
const IDENTITY_NUMBER = /(?<![\w-]|\d\.)(\d{6})\d{5}(?![\w-]|\.\d)/g

let revealed = false
const listeners = new Set<() => void>()

/**
 * The text with the last five digits of every identity number hidden, and all of what looks like a real one, however it is
 * written; its length stays.
 */
export function maskNumbers(text: string): string {
  return maskInPlace(text).replaceAll(IDENTITY_NUMBER, '$1•••••')
}

/** Shows or hides identity numbers on the whole page, until it is loaded again. */
export function setRevealed(value: boolean): void {
  revealed = value
  for (const listener of listeners) listener()
}

/** Whether identity numbers are shown. */
export function useRevealed(): boolean {
  return useSyncExternalStore(subscribe, () => revealed)
}

/** How a text is shown: as it is, or with identity numbers hidden. */
export function useMask(): (text: string) => string {
  return useRevealed() ? asItIs : maskNumbers
}

const asItIs = (text: string) => text

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
