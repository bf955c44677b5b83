import { expect, test } from 'vitest'
import { YamlError } from '../read-yaml.ts'
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

test.each([
  [
    'an unknown key',
    'section',
    'secton',
    [
      '4: requirements[0].section: is missing.',
      '6: requirements[0].secton: there is no such key. Did you mean section?',
    ],
  ],
  [
    'a key that is like none',
    'section',
    'zzz',
    [
      '4: requirements[0].section: is missing.',
      '6: requirements[0].zzz: there is no such key. There are id, quote, says, section, who, certainty.',
    ],
  ],
  [
    'an unknown key of a statement',
    'reason',
    'raeson',
    ['9: statements[0].reason: is missing.', '10: statements[0].raeson: there is no such key. Did you mean reason?'],
  ],
  ['an unknown key of the file', 'date', 'dtae', ['2: dtae: there is no such key. Did you mean date?']],
  [
    'a missing quote',
    '    quote: A successful submission returns 202 Accepted.\n',
    '',
    ['4: requirements[0].quote: is missing.'],
  ],
  ['an empty quote', 'A successful submission returns 202 Accepted.', '""', ['5: requirements[0].quote: is empty.']],
  [
    'an unknown party',
    'who: jft-write',
    'who: jft-wrte',
    ['7: requirements[0].who: there is no jft-wrte. Did you mean jft-write?'],
  ],
  ['an id in another case', 'write-202', 'Write202', ['4: requirements[0].id: must be kebab-case.']],
  ['a date in another form', '2026-06-02', '02.06.2026', ['2: date: must be a date, YYYY-MM-DD.']],
  ['a key that is given twice', 'who:', 'section: x\n    who:', ['7: Map keys must be unique']],
])('%s is named with file, line and key', (_name, part, wrong, faults) => {
  const message = faults.map((fault) => `jft-write.yaml:${fault}`).join('\n')
  expect(() => read(FILE.replace(part, wrong))).toThrow(new YamlError(message))
})

test('what is no file of requirements says so', () => {
  expect(() => read('')).toThrow(new YamlError('jft-write.yaml:1: Invalid input: expected object, received null.'))
  expect(() => read('document: A')).toThrow(new YamlError('jft-write.yaml:1: requirements: is missing.'))
})

test('every fault of every file is named at once, and an id is given once only', () => {
  const texts = [
    { file: 'a.yaml', text: FILE },
    { file: 'b.yaml', text: `${FILE.replace('date', 'dat')}more: 1\n` },
    { file: 'c.yaml', text: `\n${FILE}` },
  ]
  const message = [
    'b.yaml:2: dat: there is no such key. Did you mean date?',
    'b.yaml:11: more: there is no such key. There are document, date, requirements, statements.',
    'c.yaml:5: requirements[0].id: a.yaml:4 has the id write-202 already.',
  ].join('\n')
  expect(() => readRequirements(texts)).toThrow(new YamlError(message))
})
