import { expect, test } from 'vitest'
import { FileFaults } from '../read-yaml.ts'
import { readRequirements } from './requirement.ts'

const FILE = `document: JFT WriteAPI overview
date: 2026-06-02
requirements:
  - id: write-202
    quote: A successful submission returns 202 Accepted.
    section: Submitting events
    who: jft-write
statements:
  - quote: Note
    reason: a label
`
const read = (text: string, file = 'jft-write.yaml') => readRequirements([{ file, text }])

test('a requirement is documented, unless its file says otherwise', () => {
  expect(read(FILE)).toEqual([
    {
      document: 'JFT WriteAPI overview',
      date: '2026-06-02',
      requirements: [
        {
          id: 'write-202',
          quote: 'A successful submission returns 202 Accepted.',
          section: 'Submitting events',
          who: 'jft-write',
          certainty: 'documented',
        },
      ],
      statements: [{ quote: 'Note', reason: 'a label' }],
    },
  ])
  const [observed] = read(FILE.replace('who: jft-write', 'who: jft-write\n    certainty: observed'))
  expect(observed?.requirements[0]?.certainty).toBe('observed')
})

function faultsOf(texts: readonly { readonly file: string; readonly text: string }[]): string[] {
  try {
    readRequirements(texts)
    return []
  } catch (error) {
    if (!(error instanceof FileFaults)) throw error
    return error.message.split('\n')
  }
}

const faultsIn = (text: string) => faultsOf([{ file: 'w.yaml', text }])

test.each([
  [
    'an unknown key',
    'section',
    'secton',
    [
      'w.yaml:4:5 requirements.0.section: It is missing.',
      'w.yaml:6:5 requirements.0.secton: There is no key secton. Did you mean section?',
    ],
  ],
  [
    'a key that is like none',
    'date',
    'zzz',
    ['w.yaml:2:1 zzz: There is no key zzz. There are document, date, requirements, statements.'],
  ],
  [
    'an unknown key of a statement',
    'reason',
    'raeson',
    [
      'w.yaml:9:5 statements.0.reason: It is missing.',
      'w.yaml:10:5 statements.0.raeson: There is no key raeson. Did you mean reason?',
    ],
  ],
  [
    'a missing quote',
    '    quote: A successful submission returns 202 Accepted.\n',
    '',
    ['w.yaml:4:5 requirements.0.quote: It is missing.'],
  ],
  [
    'an empty quote',
    'A successful submission returns 202 Accepted.',
    '""',
    ['w.yaml:5:5 requirements.0.quote: is empty'],
  ],
  [
    'an unknown party',
    'who: jft-write',
    'who: jft-wrte',
    ['w.yaml:7:5 requirements.0.who: There is no jft-wrte. Did you mean jft-write?'],
  ],
  ['an id in another case', 'write-202', 'Write202', ['w.yaml:4:5 requirements.0.id: must be kebab-case']],
  ['a date in another form', '2026-06-02', '02.06.2026', ['w.yaml:2:1 date: must be a date, YYYY-MM-DD']],
  ['a key that is given twice', 'who:', 'section: x\n    who:', ['w.yaml:7:5 : Map keys must be unique']],
])('%s is named with file, line and key', (_name, part, wrong, faults) => {
  expect(faultsIn(FILE.replace(part, wrong))).toEqual(faults)
})

test('what is no file of requirements says so', () => {
  expect(faultsIn('')).toEqual(['w.yaml:1:1 : Invalid input: expected object, received null'])
  expect(faultsIn('document: A')).toEqual(['w.yaml:1:1 requirements: It is missing.'])
})

test('every fault of every file is named at once, and an id is given once only', () => {
  const texts = [
    { file: 'a.yaml', text: FILE },
    { file: 'b.yaml', text: `${FILE.replace('date', 'dat')}more: 1\n` },
    { file: 'c.yaml', text: `\n${FILE}` },
  ]
  expect(faultsOf(texts)).toEqual([
    'b.yaml:2:1 dat: There is no key dat. Did you mean date?',
    'b.yaml:11:1 more: There is no key more. There are document, date, requirements, statements.',
    'c.yaml:5:5 requirements.0.id: a.yaml:4 has the id write-202 already.',
  ])
})
