import { describe, expect, test } from 'vitest'
import { compareEn } from './compare-en.ts'
import { compareNb } from './compare-nb.ts'
import { editorEn } from './editor-en.ts'
import { editorNb } from './editor-nb.ts'
import { en } from './en.ts'
import { worldEn } from './environment-en.ts'
import { worldNb } from './environment-nb.ts'
import { nb } from './nb.ts'
import { scenariosEn } from './scenarios-en.ts'
import { scenariosNb } from './scenarios-nb.ts'
import { BANNED_EN, BANNED_NB } from './words.fixture.ts'

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
    expect(banned([en, worldEn, scenariosEn, editorEn, compareEn], BANNED_EN)).toEqual([])
  })

  test('in Norwegian', () => {
    expect(banned([nb, worldNb, scenariosNb, editorNb, compareNb], BANNED_NB)).toEqual([])
  })

  test('a banned word is found wherever it stands', () => {
    expect(banned({ a: { b: (count: number) => `${count} faults` } }, BANNED_EN)).toEqual([
      '1 faults (error, or simulated failure)',
      '2 faults (error, or simulated failure)',
    ])
  })
})
