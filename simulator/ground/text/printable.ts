/**
 * What a terminal obeys and does not show: the controls C0 and C1, and what turns the direction of writing around (Unicode,
 * Annex 9). A text from elsewhere could clear a report with it, or fake one.
 */
const OBEYED = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** The text with these as escapes of JSON; line ends and tabs stay. */
export function printable(text: string): string {
  return text.replace(OBEYED, (character) =>
    character === '\n' || character === '\t' ? character : escapeOf(character),
  )
}

/** The same of a text that is shown within a line. */
export function printableLine(text: string): string {
  return text.replace(OBEYED, escapeOf)
}

/** The same with each as one character, so that what stands below the text still does. */
export function printableInPlace(text: string): string {
  return text.replace(OBEYED, (character) => (character === '\t' ? ' ' : '\ufffd'))
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
