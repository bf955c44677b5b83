import { enumerated } from '../../ground/text/enumerate.ts'
import { ADVICE_EN } from './advice-en.ts'

/** Which sentence, or part of one. */
export type AdviceKey = keyof typeof ADVICE_EN

/** What a sentence is filled with: text as it was sent or as R4 has it, a choice of such texts, or a part of a sentence. */
export type AdviceValue = string | number | readonly string[] | Advice

/** What to do about an issue, as data: every language makes its own sentence of it. */
export interface Advice {
  readonly key: AdviceKey
  readonly values: Readonly<Record<string, AdviceValue>>
}

/** An advice, or a part of one, with its values. */
export function advise(key: AdviceKey, values: Advice['values'] = {}): Advice {
  return { key, values }
}

/** The sentence of an advice, by a table of one language: English by default. Lists are joined by its word for "or". */
export function sayAdvice({ key, values }: Advice, sentences: Readonly<Record<AdviceKey, string>> = ADVICE_EN): string {
  const say = (value: AdviceValue): string => {
    if (typeof value === 'string') return value
    if (typeof value === 'number') return String(value)
    return isList(value) ? enumerated(value, sentences.or) : sayAdvice(value, sentences)
  }
  return sentences[key].replace(/\{(\w+)\}/g, (_, name: string) => say(values[name] ?? ''))
}

const isList = (value: AdviceValue): value is readonly string[] => Array.isArray(value)
