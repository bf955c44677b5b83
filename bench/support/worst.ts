import { bundle, composition } from './payloads.ts'

/*
 * Bodies of some 900 kB, each of which is the worst of its kind: for the benchmarks of what a refusal costs.
 */

const SIZE = 900_000

const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
const numbered = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index))
const note = (members: Readonly<Record<string, unknown>>) => JSON.stringify({ ...composition(), ...members })

/** A valid Bundle of about that many bytes. */
function largeBundle(): { readonly entry: unknown[] } & Record<string, unknown> {
  const { entry, ...rest } = bundle() as { readonly entry: unknown[] }
  const copies = Math.ceil(SIZE / JSON.stringify(entry).length)
  return { ...rest, entry: many(copies, entry).flat() }
}

const valid = largeBundle()
const faulty = { resource: { resourceType: 'Patient', zz: 1 } }
const patients = (of: (index: number) => Record<string, unknown>) => {
  const entry = numbered(5_000, (index) => ({ resource: { resourceType: 'Patient', ...of(index) } }))
  return JSON.stringify({ ...valid, entry: [...(valid.entry.slice(0, 1) as unknown[]), ...entry] })
}
const nested = (depth: number): object => (depth === 0 ? { title: 1 } : { title: 'x', section: [nested(depth - 1)] })

/** The resource type of a body, which its path has. */
export function typeOf(body: string): string {
  return /"resourceType":"(Bundle)"/.exec(body.slice(0, 100))?.[1] ?? 'Composition'
}

const small = { birthDate: '1950-01-01', name: [{ family: 'Testesen', given: ['Kari', 'Anne'] }], gender: 'female' }

/** By name; the first is what a service accepts, and the others are measured beside it. */
export const WORST: Readonly<Record<string, string>> = {
  'valid Bundle': JSON.stringify(valid),
  '5,000 small entries, valid': patients(() => ({
    ...small,
    telecom: [{ system: 'phone', value: '+47 12 34 56 78' }],
  })),
  '5,000 small entries, all wrong': patients((index) => ({ ...small, gender: `femal${index}`, naem: 'x' })),
  'a fault at its end': JSON.stringify({ ...valid, entry: [...valid.entry, faulty] }),
  '100 faults': JSON.stringify({ ...valid, entry: [...valid.entry, ...many(100, faulty)] }),
  'numbers for objects': note({ extension: many(440_000, 1) }),
  'empty strings': note({ category: many(290_000, '') }),
  'empty objects': note({ author: [{ display: 'x' }, ...many(300_000, {})] }),
  'extensions without a value': note({ extension: many(26_000, { url: '', valueString: '' }) }),
  'extensions of two values': note({ extension: many(18_000, { url: 'urn:x', valueString: 'a', valueInteger: 1 }) }),
  'unknown names': note(Object.fromEntries(numbered(60_000, (index) => [`x${index}`, '']))),
  'misspelt names': note({ section: numbered(20_000, (index) => ({ titel: 'x', [`cod${index}`]: { txet: 'y' } })) }),
  'misspelt codes': note({
    section: numbered(12_000, (index) => ({
      title: 'x',
      mode: `snapsho${index}`,
      text: { status: `generatd${index}` },
    })),
  }),
  'sections without a list': note({ section: many(24_000, { title: '', author: { display: 'x' } }) }),
  'single item arrays': note({ section: many(24_000, { title: ['x'], text: [{}] }) }),
  'times without an offset': note({
    author: numbered(14_000, () => ({ identifier: { period: { start: '2026-01-01T08:00:00' } } })),
  }),
  'invalid identifiers': note({
    author: many(12_000, { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '12345678901' } }),
  }),
  'a name 60,000 times': `{"resourceType":"Composition"${',"status":"final"'.repeat(50_000)}}`,
  'nested deep': note({ section: many(1_500, nested(24)) }),
  'one long text': note({ title: 'y'.repeat(SIZE), language: '' }),
  'not JSON at its end': `${JSON.stringify(valid).slice(0, -1)},}`,
  'not JSON all over': note({ title: 'x', category: many(200_000, 1) }).replaceAll('1,', '01,'),
}
