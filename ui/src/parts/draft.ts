/** What is written somewhere on the page and not sent: a payload to validate, a pack of one's own, a request that is edited. */
export type DraftKey = 'payload' | 'own-pack' | `request-${string}`

/** What was last written there; it survives a reload, another language and a restart, and goes with the tab. */
export function readDraft(key: DraftKey): string | undefined {
  try {
    return sessionStorage.getItem(nameOf(key)) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps what is written. A browser that keeps nothing, or not so much, forgets it with the page. */
export function keepDraft(key: DraftKey, written: string): void {
  try {
    sessionStorage.setItem(nameOf(key), written)
  } catch {
    dropDraft(key)
  }
}

/** Forgets what was written: it was sent. */
export function dropDraft(key: DraftKey): void {
  try {
    sessionStorage.removeItem(nameOf(key))
  } catch {
    // Nothing was kept.
  }
}

function nameOf(key: DraftKey): string {
  return `jftsim-${key}`
}
