import { describeCure } from '../../../simulator/rules/cure.ts'
import type { PayloadCheck } from '../../../simulator/surfaces/control/types.ts'
import { text } from './text.ts'

// As with the other texts: Norwegian ones are read only where they are wanted, and English ones stand in for them.
const norwegian = text.lang === 'nb' ? await import('./cure-nb.ts').catch(() => undefined) : undefined

/** What VKP's corrections come to, in the language of the page. */
export function cureOf(check: Omit<PayloadCheck, 'corrected'>): string {
  return norwegian === undefined ? check.cure : describeCure(check, norwegian.CURE_NB)
}
