const KEY = 'jftsim-payload'

/** What was last written in the editor; it survives a reload, another language and a restart, and goes with the tab. */
export function readDraft(): string {
  try {
    return sessionStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

/** Keeps what is in the editor. A browser that keeps nothing, or not so much, forgets it with the page. */
export function keepDraft(payload: string): void {
  try {
    sessionStorage.setItem(KEY, payload)
  } catch {
    sessionStorage.removeItem(KEY)
  }
}
