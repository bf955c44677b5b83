import { type ScenariosText, scenariosEn } from '../text/scenarios-en.ts'
import { text } from '../text/text.ts'

const norwegian = text.lang === 'nb' ? await import('../text/scenarios-nb.ts').catch(() => undefined) : undefined

/** The texts of the view of scenarios in the page's language; English where the other cannot be had. */
export const words: ScenariosText = norwegian?.scenariosNb ?? scenariosEn
