import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { quotesModule } from '../../scripts/generate-quotes.ts'

test('the quotes are those of scenarios/requirements, for every requirement that a rule cites', () => {
  const written = readFileSync(new URL('./quotes.generated.ts', import.meta.url), 'utf8')
  expect(written, 'run node --import tsx scripts/generate-quotes.ts').toBe(quotesModule())
})
