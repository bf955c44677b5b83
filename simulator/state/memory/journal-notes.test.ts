import { expect, test } from 'vitest'
import type { JournalNote } from '../records.ts'
import { createJournalNotes } from './journal-notes.ts'

const note = (id: string, municipality = '313231593'): JournalNote => ({
  id,
  time: '2026-01-01T00:00:00.000Z',
  municipality,
  type: 'Composition',
  patient: { identifier: null, name: null },
  title: 'Note',
  text: 'x'.repeat(1_000),
  source: '{}',
})

test('notes are listed per municipality, newest first', async () => {
  const notes = createJournalNotes(100_000)
  for (const one of [note('a'), note('b'), note('c', '312229544')]) await notes.add(one)
  expect((await notes.list('313231593')).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(await notes.find('313231593', 'c')).toBeUndefined()
})

test('past the limit the oldest are dropped, and counted', async () => {
  const notes = createJournalNotes(4_000)
  for (const id of ['a', 'b', 'c', 'd']) await notes.add(note(id))
  expect((await notes.list('313231593')).map(({ id }) => id)).toEqual(['d', 'c'])
  expect(await notes.dropped()).toBe(2)
})

test('one note is kept, however large', async () => {
  const notes = createJournalNotes(10)
  await notes.add(note('a'))
  expect(await notes.list('313231593')).toHaveLength(1)
})
