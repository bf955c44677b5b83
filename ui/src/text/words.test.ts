import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../../simulator/rules/catalogue.ts'
import { answerEn } from './answer-en.ts'
import { answerNb } from './answer-nb.ts'
import { compareEn } from './compare-en.ts'
import { compareNb } from './compare-nb.ts'
import { editorEn } from './editor-en.ts'
import { editorNb } from './editor-nb.ts'
import { en } from './en.ts'
import { worldEn } from './environment-en.ts'
import { worldNb } from './environment-nb.ts'
import { nb } from './nb.ts'
import { rulesNb } from './rules-nb.ts'
import { scenariosEn } from './scenarios-en.ts'
import { scenariosNb } from './scenarios-nb.ts'
import { BANNED_EN, BANNED_NB, CLAUSES, STATEMENTS } from './words.fixture.ts'

/** Every sentence of a dictionary, of those that are made for one and for several as well. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [1, 2].flatMap((count) => sentencesOf(value(count, count, count)))
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesOf) : []
}

function banned(dictionary: unknown, words: typeof BANNED_EN): string[] {
  return sentencesOf(dictionary).flatMap((sentence) =>
    words.filter(([word]) => word.test(sentence)).map(([, instead]) => `${sentence} (${instead})`),
  )
}

describe('one word for one thing', () => {
  test('in English', () => {
    expect(banned([en, worldEn, scenariosEn, editorEn, compareEn, answerEn], BANNED_EN)).toEqual([])
  })

  test('in Norwegian', () => {
    expect(banned([nb, worldNb, scenariosNb, editorNb, compareNb, answerNb], BANNED_NB)).toEqual([])
  })

  test('a banned word is found wherever it stands', () => {
    expect(banned({ a: { b: (count: number) => `${count} faults` } }, BANNED_EN)).toEqual([
      '1 faults (error, or simulated failure)',
      '2 faults (error, or simulated failure)',
    ])
  })
})

describe('a title of a rule names the error', () => {
  const statements = (texts: Readonly<Record<string, { readonly title: string }>>, language: 'en' | 'nb') =>
    Object.values(texts)
      .map(({ title }) => title)
      .filter((title) => STATEMENTS[language].test(title.replace(CLAUSES[language], '')))

  test('in English', () => {
    expect(statements(CATALOGUE, 'en')).toEqual([])
  })

  test('in Norwegian', () => {
    expect(statements(rulesNb, 'nb')).toEqual([])
  })

  test.each([
    ['en', 'The sandbox exists'],
    ['en', 'Every property must be an element that FHIR R4 defines at that place'],
    ['en', 'A body is not compressed'],
    ['nb', 'Sandkassen finnes'],
    ['nb', 'Klienten har lov til å be om scopet'],
    ['nb', 'Tilgangstokenet er ikke utløpt'],
  ] as const)('one that states what should hold is found: %s, %s', (language, title) => {
    expect(statements({ rule: { title } }, language)).toEqual([title])
  })

  test('no two rules have the same', () => {
    const titles = Object.values(CATALOGUE).map(({ title }) => title)
    expect(titles.filter((title, index) => titles.indexOf(title) < index)).toEqual([])
  })
})
