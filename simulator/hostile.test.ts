import { expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { TARGETS } from './robustness.fixture.ts'
import { isSampled } from './sample.fixture.ts'
import { startJft } from './surfaces/jft.fixture.ts'

/*
 * Bodies in which very much is wrong, or very much of one thing, at every door that takes a body: more elements than a call
 * takes arguments, and deeper than a stack. None is the simulator's own fault, and no answer is longer for what was wrong.
 */

const MOST_BYTES = 2_000_000
/** More than the arguments that V8 takes in a call. */
const MANY = 130_000

const WRITES = [
  ...TARGETS.filter(([method, path]) => method !== 'GET' && path !== '/write/v1/Bundle'),
  ['PUT', '/_sim/register'],
  ['PUT', '/_sim/settings'],
  ['PUT', '/_sim/clock'],
  ['POST', '/_sim/sandboxes'],
  ['POST', '/_sim/cases/open'],
  ['POST', '/ttt/create-test-token'],
] as const

/** Lists that some door reads, and what stands for one that none reads. */
const LISTS = ['routes', 'register', 'switchedOff', 'publicKeys', 'exchanges', 'scope', 'events', 'nothing']

const times = (text: string, count = MANY): string => Array.from({ length: count }, () => text).join(',')
const member = (type: string, name: string, value: string): string => `{"resourceType":"${type}","${name}":${value}}`
const note = (members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...noteFactory.build(), ...members })
const list = <T>(value: T): T[] => Array.from({ length: MANY }, () => value)

/** Bodies by what they have too much of. */
const BODIES: Readonly<Record<string, string>> = {
  'arrays in arrays': member('Composition', 'extension', '['.repeat(MANY)),
  'objects in objects': member('Composition', 'extension', '{"extension":'.repeat(MANY / 4)),
  'arrays that close': member('Composition', 'extension', '['.repeat(MANY) + ']'.repeat(MANY)),
  'wrong elements': note({ extension: list(1) }),
  'empty objects': note({ author: [{ display: 'x' }, ...list({})] }),
  'empty texts': note({ category: list('') }),
  nulls: note({ author: [{ display: 'x' }, ...list(null)] }),
  members: `{"resourceType":"Patient",${Array.from({ length: MANY / 4 }, (_, index) => `"x${index}":""`).join(',')}}`,
  'one name': `{"resourceType":"Patient",${times('"active":true', MANY / 4)}}`,
  'a long text': note({ title: 'y'.repeat(4 * MANY), language: '' }),
  'a long text that is wrong': note({ author: { display: '"'.repeat(MANY) }, status: 'y'.repeat(MANY) }),
  'a long name': member('Composition', 'z'.repeat(4 * MANY), '1'),
  'a long number': member('Patient', 'multipleBirthInteger', '1'.repeat(4 * MANY)),
  'tokens without an end': `{"token":"${'eyJ-'.repeat(MANY)}`,
  'lists of what is no object': `{${LISTS.map((name) => `"${name}":[${times('1', MANY / 4)}]`).join(',')}}`,
  'fields of a form': Array.from({ length: MANY / 2 }, (_, index) => `a${index}=1`).join('&'),
}

test.each(WRITES.filter(([method, path]) => isSampled(`${method} ${path}`)))('%s %s', async (method, path) => {
  const { simulator } = startJft({ auth: 'relaxed' })
  const headers = { 'jftsim-municipality': '313231593', servicecodes: 'ta' }
  for (const [name, body] of Object.entries(BODIES)) {
    const type = name.startsWith('fields') ? 'application/x-www-form-urlencoded' : 'application/json'
    const init = { method, headers: { ...headers, 'content-type': type }, body }
    const answer = await simulator.fetch(new Request(`http://localhost:7357${path}`, init))
    const text = await answer.text()
    expect(answer.status, `${name}: ${text.slice(0, 300)}`).toBeLessThan(500)
    expect(text.length, name).toBeLessThan(MOST_BYTES)
  }
})
