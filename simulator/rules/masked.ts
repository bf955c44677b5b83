import { issueOf } from './catalogue.ts'
import type { Issue } from './issue.ts'

/** Places that are named one by one; of more there is the number. */
const NAMED = 20

/** That what is kept is not what was sent: one warning for each place (a JSON Pointer) at which an identity number was masked. */
export function maskedAt(pointers: readonly string[]): readonly Issue[] {
  const named = pointers.slice(0, NAMED).map((pointer) => {
    return issueOf('identity-number-masked', `What looks like a real identity number was masked at ${pointer}.`, {
      pointer,
    })
  })
  const more = pointers.length - named.length
  if (more === 0) return named
  return [...named, issueOf('identity-number-masked', `Numbers at ${more} more places were masked.`)]
}
