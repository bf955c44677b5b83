/** A tab of a browser, as the smoke test needs it, whatever protocol drives it. */
export interface Tab {
  /** The browser with its version. */
  readonly browser: string
  open(url: string): Promise<void>
  /** Presses the button or link with these words, once it is there. */
  press(words: string): Promise<void>
  /** What an expression gives in the page. */
  evaluate<T>(expression: string): Promise<T>
  close(): Promise<void>
}

/** Where a button or a link with these words is. */
export function xpathOf(words: string): string {
  return `//*[self::button or self::a][contains(normalize-space(.), "${words}")]`
}
