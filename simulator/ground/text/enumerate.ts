/** Names in a sentence: `a, b and c`; `word` is what stands before the last. */
export function enumerated(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}
