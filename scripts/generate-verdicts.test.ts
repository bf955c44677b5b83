import { expect, test } from 'vitest'
import { verdictsPack, verdictTables } from './generate-verdicts.ts'

test('the tables of verdicts are what the simulator says', () => {
  const { text, tables } = verdictTables()
  expect(text, 'run node --import tsx scripts/generate-verdicts.ts').toBe(verdictsPack(tables))
})
