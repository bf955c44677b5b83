import { type CompareText, compareEn } from './compare-en.ts'
import { text } from './text.ts'

// As with the other texts: Norwegian ones are read only where they are wanted, and English ones stand in for them.
const norwegian = text.lang === 'nb' ? await import('./compare-nb.ts').catch(() => undefined) : undefined

/** The texts of the comparison of two requests, in the language of the page. */
export const compareText: CompareText = norwegian?.compareNb ?? compareEn
