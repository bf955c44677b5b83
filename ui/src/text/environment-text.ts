import { type WorldText, worldEn } from './environment-en.ts'
import { text } from './text.ts'

// As with the other texts: Norwegian ones are read only where they are wanted, and English ones stand in for them.
const norwegian = text.lang === 'nb' ? await import('./environment-nb.ts').catch(() => undefined) : undefined

/** The texts of what is in the World view only, in the language of the page. */
export const worldText: WorldText = norwegian?.worldNb ?? worldEn
