/** The word for a name that comes from elsewhere, such as a target's journal; the name itself where the table has none. */
export function wordOf(words: Readonly<Record<string, string>>, name: string): string {
  return (Object.hasOwn(words, name) ? words[name] : undefined) ?? name
}
