/** PostgreSQL has no text with the character NUL: it stands as the symbol that Unicode has for it. */
export function sqlText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u2400') : text
}
