import { describe, expect, test } from 'vitest'
import { tokenPart } from '../parts/token.fixture.ts'
import { bodyDifferences, claimDifferences, headerDifferences, stepDifferences } from './differences.ts'

describe('two requests differ', () => {
  test('in headers, whatever the case of their names', () => {
    const first = [
      ['Content-Type', 'application/json'],
      ['accept', 'a'],
      ['accept', 'b'],
    ] as const
    const second = [
      ['content-type', 'application/json'],
      ['accept', 'a'],
      ['prefer', 'x'],
    ] as const
    expect(headerDifferences(first, second)).toEqual([
      { name: 'accept', first: 'a, b', second: 'a' },
      { name: 'prefer', first: undefined, second: 'x' },
    ])
  })

  test('in the kind of their tokens, and not in all the characters of those', () => {
    const signed = (claims: object) => `${tokenPart({})}.${tokenPart(claims)}.[signature removed]`
    const headers = (scheme: string, claims: object) =>
      [
        ['authorization', `${scheme} ${signed(claims)}`],
        ['dpop', signed(claims)],
      ] as const
    expect(headerDifferences(headers('DPoP', { a: 1 }), headers('DPoP', { a: 2 }))).toEqual([])
    expect(headerDifferences(headers('DPoP', { a: 1 }), headers('Bearer', { a: 1 }))).toEqual([
      { name: 'authorization', first: 'DPoP …', second: 'Bearer …' },
    ])
  })

  test('in members of their bodies, by JSON Pointer', () => {
    const first = JSON.stringify({ status: 'final', author: { display: 'A' }, 'a/b~c': [], same: [1] })
    const second = JSON.stringify({ same: [1], status: 'amended', author: [{ display: 'A' }] })
    expect(bodyDifferences(first, second)).toEqual([
      { name: '/status', first: '"final"', second: '"amended"' },
      { name: '/author/display', first: '"A"', second: undefined },
      { name: '/a~1b~0c', first: '[]', second: undefined },
      { name: '/author/0/display', first: undefined, second: '"A"' },
    ])
  })

  test('not in how their bodies are laid out', () => {
    expect(bodyDifferences('{"a":1,"b":2}', '{ "b": 2, "a": 1 }')).toEqual([])
    expect(bodyDifferences(undefined, undefined)).toEqual([])
  })

  test('as a whole, where one of the bodies is not JSON', () => {
    expect(bodyDifferences('{', '{}')).toEqual([{ name: '', first: '{', second: '{}' }])
    expect(bodyDifferences(undefined, '{}')).toEqual([{ name: '', first: undefined, second: '{}' }])
  })

  test('as a whole, where they are nested too deep to be walked', () => {
    const deep = (inner: string, levels: number) => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`
    expect(bodyDifferences(deep('1', 60), deep('2', 60))).toEqual([{ name: '/0'.repeat(60), first: '1', second: '2' }])
    const [first, second] = [deep('1', 5_000), deep('2', 5_000)]
    expect(bodyDifferences(first, second)).toEqual([{ name: '', first, second }])
  })

  test('in the claims of their tokens', () => {
    const token = (claims: object) =>
      [['authorization', `DPoP ${tokenPart({})}.${tokenPart(claims)}.[signature removed]`]] as const
    expect(claimDifferences('authorization', token({ aud: 'a', scope: ['x'] }), token({ aud: 'a' }))).toEqual([
      { name: '/scope/0', first: '"x"', second: undefined },
    ])
  })

  test('in the steps that they went through', () => {
    const step = (name: string, outcome: 'passed' | 'stopped' | 'not-reached', rules: string[] = []) => ({
      name,
      outcome,
      rules,
      milliseconds: 1,
    })
    expect(
      stepDifferences(
        [step('token', 'passed'), step('store', 'passed')],
        [step('token', 'stopped', ['token-missing']), step('store', 'not-reached')],
      ),
    ).toEqual([
      { name: 'token', first: 'passed', second: 'stopped token-missing' },
      { name: 'store', first: 'passed', second: 'not-reached' },
    ])
  })
})
