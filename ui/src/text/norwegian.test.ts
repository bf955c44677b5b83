import { describe, expect, test } from 'vitest'
import { SILENT_POINTS } from '../../../simulator/ground/settings/assumptions.ts'
import { CATALOGUE } from '../../../simulator/rules/catalogue.ts'
import { FAULT_PRESET_NAMES } from '../../../simulator/rules/faults/fault-presets.ts'
import { ADVICE_EN } from '../../../simulator/rules/fixes/advice-en.ts'
import { SHIPPED } from '../scenarios/shipped.ts'
import { adviceNb } from './advice-nb.ts'
import { presetsNb } from './presets-nb.ts'
import { rulesNb } from './rules-nb.ts'
import { scenariosNb } from './scenarios-nb.ts'
import { settingsNb } from './settings-nb.ts'

type Texts = Readonly<Record<string, string>>

/** The texts of each entry that are blank, or the same as in English: nobody has translated them. */
function untranslated(
  norwegian: Readonly<Record<string, object>>,
  english: Readonly<Record<string, object>>,
): string[] {
  return Object.entries(norwegian).flatMap(([id, texts]) =>
    Object.entries(texts as Texts)
      .filter(([name, words]) => words.trim() === '' || words === (english[id] as Texts | undefined)?.[name])
      .map(([name]) => `${id}.${name}`),
  )
}

/** Words that are the same in every language: with a digit, a capital inside, or one of _ $ / in them. */
function namesIn(words: string): string[] {
  const found = words.match(/[_$/]?[\w$][\w$/.:+-]*/g) ?? []
  return found.map((word) => word.replace(/[.:]+$/, '')).filter((word) => /[\d_$/]|\w[A-Z]/.test(word))
}

/** The names in English texts that the Norwegian ones do not have. An EHR is called EPJ in Norway. */
function lost(norwegian: Readonly<Record<string, object>>, english: Readonly<Record<string, object>>): string[] {
  return Object.entries(norwegian).flatMap(([id, texts]) =>
    Object.entries(texts as Texts).flatMap(([name, words]) => {
      const names = namesIn((english[id] as Texts | undefined)?.[name] ?? '').filter((word) => word !== 'EHR')
      return names.filter((word) => !words.includes(word)).map((word) => `${id}.${name}: ${word}`)
    }),
  )
}

describe('the Norwegian texts', () => {
  test('are there for every rule of the catalogue, and for nothing else', () => {
    expect(Object.keys(rulesNb).sort()).toEqual(Object.keys(CATALOGUE).sort())
  })

  test('are there for every silent point, and for nothing else', () => {
    expect(Object.keys(settingsNb).sort()).toEqual(Object.keys(SILENT_POINTS).sort())
  })

  test('are there for every pack that is shipped, and for every preset of a simulated failure', () => {
    expect(Object.keys(scenariosNb.packs).sort()).toEqual(SHIPPED.map(({ pack }) => pack.pack).sort())
    expect(Object.keys(presetsNb).sort()).toEqual([...FAULT_PRESET_NAMES].sort())
  })

  test('are neither blank nor English', () => {
    expect(untranslated(rulesNb, CATALOGUE)).toEqual([])
    expect(untranslated(settingsNb, SILENT_POINTS)).toEqual([])
  })

  test('of what to do take the same values as the English ones, and are Norwegian', () => {
    const valuesOf = (sentence: string) => (sentence.match(/\{\w+\}|\[x\]|`[A-Za-z.]+`/g) ?? []).sort()
    for (const [key, sentence] of Object.entries(ADVICE_EN)) {
      const norwegian = adviceNb[key as keyof typeof adviceNb]
      expect([key, valuesOf(norwegian)]).toEqual([key, valuesOf(sentence)])
      if (key !== 'null') expect([key, norwegian]).not.toEqual([key, sentence])
    }
  })

  test('keep the names, numbers and commands that the English ones name', () => {
    expect(lost(rulesNb, CATALOGUE)).toEqual([])
    expect(lost(settingsNb, SILENT_POINTS)).toEqual([])
  })
})
