import { describe, expect, test } from 'vitest'
import { links, viewOf } from './links.ts'

describe('viewOf', () => {
  test.each([
    ['', { name: 'overview' }],
    ['#/', { name: 'overview' }],
    ['#/events', { name: 'events', q: '' }],
    ['#/events/Composition/1f2e', { name: 'event', type: 'Composition', id: '1f2e' }],
    ['#/rejected', { name: 'rejected', q: '' }],
    ['#/rejected/x12', { name: 'rejected', selected: 'x12', q: '' }],
    ['#/exchanges', { name: 'traffic', q: '' }],
    ['#/exchanges/x12', { name: 'traffic', selected: 'x12', q: '' }],
    ['#/rejected?q=status%3A400+a', { name: 'rejected', q: 'status:400 a' }],
    ['#/rules?q=a?b', { name: 'rules', q: 'a?b' }],
    ['#/persons', { name: 'persons', municipality: '' }],
    ['#/persons?municipality=313231593', { name: 'persons', municipality: '313231593' }],
    ['#/persons/1f2e', { name: 'person', id: '1f2e' }],
    ['#/validate', { name: 'validate' }],
    ['#/world', { name: 'world' }],
    ['#/environment', { name: 'world' }],
    ['#/scenarios', { name: 'scenarios', tab: 'run', q: '', seed: '1' }],
    ['#/scenarios/auth', { name: 'scenarios', tab: 'run', q: '', seed: '1', pack: 'auth' }],
    [
      '#/scenarios/auth/one?tab=requirements&seed=7&q=is%3Afailed',
      { name: 'scenarios', tab: 'requirements', q: 'is:failed', seed: '7', pack: 'auth', scenario: 'one' },
    ],
  ])('%s', (hash, view) => {
    expect(viewOf(hash)).toEqual(view)
  })

  test.each([
    '#/nowhere',
    '#/events/Composition',
    '#/rejected/x1/x2',
    '#/exchanges/',
    '#/persons/a/b',
    '#/rules/x',
    '#/world/x',
    '#/scenarios/a/b/c',
  ])('%s is unknown', (hash) => {
    expect(viewOf(hash)).toEqual({ name: 'unknown', hash })
  })

  test('a broken percent-encoding is taken as it stands', () => {
    expect(viewOf('#/rejected/%zz')).toEqual({ name: 'rejected', selected: '%zz', q: '' })
  })
})

describe('links', () => {
  test('what a link leads to is what it was made of', () => {
    expect(viewOf(links.event('Patient/a b'))).toEqual({ name: 'person', id: 'a b' })
    expect(viewOf(links.persons('1'))).toEqual({ name: 'persons', municipality: '1' })
    expect(viewOf(links.event('Composition/a b'))).toEqual({ name: 'event', type: 'Composition', id: 'a b' })
    expect(viewOf(links.refusal('x/1', { cause: 'r a.b', q: 'status:4xx' }))).toEqual({
      name: 'rejected',
      selected: 'x/1',
      cause: 'r a.b',
      q: 'status:4xx',
    })
    expect(viewOf(links.exchange('x12', 'a&b'))).toEqual({ name: 'traffic', selected: 'x12', q: 'a&b' })
    expect([links.sandbox('default'), links.sandbox('one')]).toEqual(['./#/', './?sandbox=one#/'])
    const own = { name: 'scenarios', tab: 'own', q: 'a b', seed: 'x&y', pack: 'p', scenario: 's' } as const
    expect(viewOf(links.scenarios(own))).toEqual(own)
    expect(links.scenarios()).toBe('#/scenarios')
    expect(viewOf(links.events('vendor:"A B"'))).toEqual({ name: 'events', q: 'vendor:"A B"' })
  })
})
