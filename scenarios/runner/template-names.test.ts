import { expect, test } from 'vitest'
import { fill } from './template.ts'

test('values are filled into names of members too: a FHIRPath may ask for one of them', () => {
  const body = Object.fromEntries([[`entry.resource.where(id = '$\{note.id}').title`, `$\{note.title}`]])
  expect(fill({ body }, { note: { id: 'n1', title: 'Notat' } })).toEqual({
    body: { "entry.resource.where(id = 'n1').title": 'Notat' },
  })
})
