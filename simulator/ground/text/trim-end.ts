/** The text without the `character` that it ends with, however often. Linear, which `/x+$/` is not. */
export function trimEnd(text: string, character: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === character) end--
  return text.slice(0, end)
}
