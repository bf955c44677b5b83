import { expect, test } from 'vitest'
import { fill } from './template.ts'

const VALUES = { note: { id: '5', path: 'Composition/5' }, events: [{ id: 'a' }], count: 3 }

/** Where a value goes, as a pack writes it. */
const slot = (path: string) => `$\{${path}}`

test('a value stands in a text, or instead of it', () => {
  const template = { url: `/v1/${slot('note.path')}/$status`, all: [slot('events.0.id'), slot('count')] }
  expect(fill(template, VALUES)).toEqual({ url: '/v1/Composition/5/$status', all: ['a', 3] })
})

test('a value stands in the name of a member too', () => {
  const path = (id: string) => `entry.resource.where(id = '${id}').title`
  expect(fill({ body: { [path(slot('note.id'))]: 'x' } }, VALUES)).toEqual({ body: { [path('5')]: 'x' } })
})

test('a name that nothing has is told with the one that was meant', () => {
  expect(() => fill(slot('nte.id'), VALUES)).toThrow('There is no value nte. Did you mean note?')
  expect(() => fill(slot('zzzzzz'), VALUES)).toThrow('There is no value zzzzzz. There are note, events, count.')
  expect(() => fill(slot('note.if'), VALUES)).toThrow('The value note has no if.')
})
