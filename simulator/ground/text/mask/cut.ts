import { maskIdentityNumbers } from './mask.ts'

/** Characters in which a number is recognised that the cut would go through, however far apart its digits stand. */
const MARGIN = 1_200

/** What may be a digit, or the escape of one. */
const DIGIT = /[\p{Nd}\\%&]/u

/**
 * The beginning of a text, of at most so many characters, with an ellipsis where there is more. Half of an identity number is as
 * good as told: where the cut may go through one, numbers are masked before.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = text.slice(0, most)
  return `${DIGIT.test(kept) ? maskIdentityNumbers(text.slice(0, most + MARGIN)).slice(0, most) : kept}…`
}
