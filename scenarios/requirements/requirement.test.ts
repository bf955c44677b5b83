import { expect, test } from 'vitest'
import { FileFaults } from '../read-yaml.ts'
import { readRequirements } from './requirement.ts'

const FILE = `document: jft-write
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
      document: 'jft-write',
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
      'w.yaml:3:5 requirements.0.section: It is missing.',
      'w.yaml:5:5 requirements.0.secton: There is no key secton. Did you mean section?',
    ],
  ],
  [
    'a key that is like none',
    'statements',
    'zzz',
    ['w.yaml:7:1 zzz: There is no key zzz. There are document, requirements, statements.'],
  ],
  [
    'an unknown key of a statement',
    'reason',
    'raeson',
    [
      'w.yaml:8:5 statements.0.reason: It is missing.',
      'w.yaml:9:5 statements.0.raeson: There is no key raeson. Did you mean reason?',
    ],
  ],
  [
    'a missing quote',
    '    quote: A successful submission returns 202 Accepted.\n',
    '',
    ['w.yaml:3:5 requirements.0.quote: It is missing.'],
  ],
  [
    'an empty quote',
    'A successful submission returns 202 Accepted.',
    '""',
    ['w.yaml:4:5 requirements.0.quote: is empty'],
  ],
  [
    'an unknown party',
    'who: jft-write',
    'who: jft-wrte',
    ['w.yaml:6:5 requirements.0.who: There is no jft-wrte. Did you mean jft-write?'],
  ],
  ['an id in another case', 'write-202', 'Write202', ['w.yaml:3:5 requirements.0.id: must be kebab-case']],
  [
    'an unknown document',
    'jft-write\n',
    'jft-wirte\n',
    ['w.yaml:1:1 document: There is no jft-wirte. Did you mean jft-write?'],
  ],
  ['a key that is given twice', 'who:', 'section: x\n    who:', ['w.yaml:6:5: Map keys must be unique']],
])('%s is named with file, line and key', (_name, part, wrong, faults) => {
  expect(faultsIn(FILE.replace(part, wrong))).toEqual(faults)
})

test('what is no file of requirements says so', () => {
  expect(faultsIn('')).toEqual(['w.yaml:1:1: It is empty.'])
  expect(faultsIn('document: jft-write')).toEqual(['w.yaml:1:1 requirements: It is missing.'])
})

test('every fault of every file is named at once, and an id is given once only', () => {
  const texts = [
    { file: 'a.yaml', text: FILE },
    { file: 'b.yaml', text: `${FILE.replace('statements', 'statement')}more: 1\n` },
    { file: 'c.yaml', text: `\n${FILE}` },
  ]
  expect(faultsOf(texts)).toEqual([
    'b.yaml:7:1 statement: There is no key statement. Did you mean statements?',
    'b.yaml:10:1 more: There is no key more. There are document, requirements, statements.',
    'c.yaml:4:5 requirements.0.id: a.yaml:3 has the id write-202 already.',
  ])
})
