import { describe, expect, test } from 'vitest'
import { links, viewOf } from './links.ts'

describe('viewOf', () => {
  test.each([
    ['', { name: 'overview' }],
    ['#/', { name: 'overview' }],
    ['#/events', { name: 'events' }],
    ['#/events/Composition/1f2e', { name: 'event', type: 'Composition', id: '1f2e' }],
    ['#/rejected', { name: 'rejected' }],
    ['#/rejected/x12', { name: 'rejected', selected: 'x12' }],
    ['#/exchanges/x12', { name: 'exchange', id: 'x12' }],
  ])('%s', (hash, view) => {
    expect(viewOf(hash)).toEqual(view)
  })

  test.each(['#/nowhere', '#/events/Composition', '#/rejected/x1/x2', '#/exchanges', '#/exchanges/'])(
    '%s is unknown',
    (hash) => {
      expect(viewOf(hash)).toEqual({ name: 'unknown', hash })
    },
  )

  test('a broken percent-encoding is taken as it stands', () => {
    expect(viewOf('#/rejected/%zz')).toEqual({ name: 'rejected', selected: '%zz' })
  })
})

describe('links', () => {
  test('what a link leads to is what it was made of', () => {
    expect(viewOf(links.event('Composition/a b'))).toEqual({ name: 'event', type: 'Composition', id: 'a b' })
    expect(viewOf(links.refusal('x/1'))).toEqual({ name: 'rejected', selected: 'x/1' })
    expect(viewOf(links.exchange('x12'))).toEqual({ name: 'exchange', id: 'x12' })
  })
})
