import { expect, test } from 'vitest'
import { createJournalNotes, type JournalNote } from './journal-notes.ts'

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

test('notes are listed per municipality, newest first', () => {
  const notes = createJournalNotes(100_000)
  for (const one of [note('a'), note('b'), note('c', '312229544')]) notes.add(one)
  expect(notes.list('313231593').map(({ id }) => id)).toEqual(['b', 'a'])
  expect(notes.find('313231593', 'c')).toBeUndefined()
})

test('past the limit the oldest are dropped, and counted', () => {
  const notes = createJournalNotes(4_000)
  for (const id of ['a', 'b', 'c', 'd']) notes.add(note(id))
  expect(notes.list('313231593').map(({ id }) => id)).toEqual(['d', 'c'])
  expect(notes.dropped).toBe(2)
})

test('one note is kept, however large', () => {
  const notes = createJournalNotes(10)
  notes.add(note('a'))
  expect(notes.list('313231593')).toHaveLength(1)
})
