import { describe, expect, test } from 'vitest'
import { noteFactory, patientFactory } from '../../../fixtures/index.ts'
import { describeCure } from '../../../simulator/rules/cure.ts'
import { checkPayload } from '../../../simulator/services/verdicts/check.ts'
import { CURE_NB } from './cure-nb.ts'

const note = noteFactory.build()
const { title: _title, ...untitled } = note

describe.each([
  ['a right note', note, 'JFT accepts it as it is.', 'JFT godtar det som det er.'],
  [
    'what VKP corrects',
    { ...note, author: note.author[0] },
    'VKP fixes it with 1 correction: JFT accepts what VKP forwards.',
    'VKP ordner det med én rettelse: JFT godtar det VKP videresender.',
  ],
  [
    'what it does not',
    untitled,
    'VKP has no correction for it: Composition.title: a mandatory element is missing, and nothing can tell what it should say.',
    'VKP har ingen rettelse for det: Composition.title: et obligatorisk element mangler, og ingen kan vite hva det skal være.',
  ],
  [
    'a right patient',
    patientFactory.build(),
    'PIT accepts it as it is. JFT and VKP have no endpoint for it.',
    'PIT godtar det som det er. JFT og VKP har ikke noe endepunkt for det.',
  ],
  [
    'another value',
    { ...note, meta: { versionId: '1', lastUpdated: '2026-05-26T10:06:17.5Z' }, language: '' },
    'VKP fixes it with 1 correction: JFT accepts what VKP forwards.',
    'VKP ordner det med én rettelse: JFT godtar det VKP videresender.',
  ],
])('what the corrections of %s come to', (_what, resource, english, norwegian) => {
  const verdicts = checkPayload(JSON.stringify(resource))
  test('in English', () => expect(verdicts.cure).toBe(english))
  test('in Norwegian', () => expect(describeCure(verdicts, CURE_NB)).toBe(norwegian))
})
