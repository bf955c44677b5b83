import { type AnswerText, answerEn } from './answer-en.ts'
import { text } from './text.ts'

// As with the other texts: Norwegian ones are read only where they are wanted, and English ones stand in for them.
const norwegian = text.lang === 'nb' ? await import('./answer-nb.ts').catch(() => undefined) : undefined

/** The texts of the answer to a rejection, in the language of the page. */
export const answerText: AnswerText = norwegian?.answerNb ?? answerEn
