import { describe, expect, test } from 'vitest'
import { readPack } from '../pack/read-pack.ts'
import { skipReason } from './skip.ts'
import type { Target } from './target.ts'
import { targetFile } from './target-file.ts'

const TARGET: Target = {
  name: 'a simulator',
  urls: { control: 'http://localhost:7357/_sim' },
  send: (request) => fetch(request),
  municipality: '313231593',
  clients: {},
}
/** What a web page can do less than a program. */
const PAGE: Target = { ...TARGET, cannot: ['host', 'forbidden-headers', 'broken-connection'] }
const SHARED: Target = { ...TARGET, urls: { 'jft-write': 'https://jft.example' } }

function reason(target: Target, ...lines: string[]): string | undefined {
  const steps = lines.map((line) => `      ${line}`)
  const head = ['pack: own', 'title: Own', 'scenarios:', '  - id: one', '    title: One', '    steps:']
  const [scenario] = readPack('own.yaml', [...head, ...steps].join('\n')).scenarios
  return scenario && skipReason(target, scenario)
}

describe('a scenario is left out', () => {
  test.each([
    ["- request: { url: '{jft-read}/v1/Composition', host: other.example }", 'needs another Host header'],
    ['- { submit: { fixture: note }, headers: { Origin: https://other.example } }', 'needs the header Origin'],
    ['- { submit: { fixture: note }, headers: { sec-fetch-site: none } }', 'needs the header sec-fetch-site'],
    ['- { submit: { fixture: note }, expect: { broken: true } }', 'needs to see a connection break'],
  ])('where the platform cannot play it: %s', (step, need) => {
    expect(reason(PAGE, step)).toBe(`${need}, which is not possible from here`)
    expect(reason(TARGET, step)).toBeUndefined()
  })

  test('where there is no control API', () => {
    expect(reason(SHARED, '- clock: { advance: PT1M }')).toBe('needs the control API of a simulator (clock)')
    expect(reason(SHARED, '- submit: { fixture: note, to: vkp }')).toBe('the target has no vkp')
    expect(reason(SHARED, '- { name: Wait, await: { surface: vkp, method: POST, path: /v1, within: PT1M } }')).toBe(
      'needs the control API of a simulator (await)',
    )
  })

  const optional = Object.entries(targetFile.shape.urls.shape).filter(([, url]) => url.safeParse(undefined).success)

  test.each(optional.map(([surface]) => surface))('where the target file leaves out %s', (surface) => {
    const why = reason(SHARED, `- request: { url: '{${surface}}/v1/something' }`)
    expect(why).toBe(
      surface === 'control' ? 'needs the control API of a simulator (request)' : `the target has no ${surface}`,
    )
  })
})

test('a header that is taken away needs nothing', () => {
  expect(
    reason(PAGE, '- { submit: { fixture: note }, headers: { date: null, nhn-source-system: A 1.0 } }'),
  ).toBeUndefined()
})
