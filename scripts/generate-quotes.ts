import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readRequirements } from '../scenarios/requirements/requirement.ts'
import type { Rule } from '../simulator/rules/catalogue/rule.ts'
import { CATALOGUE } from '../simulator/rules/catalogue.ts'

/*
 * Copies the quotes that the catalogue of rules cites out of scenarios/requirements, where they are written and held against
 * the documents: the simulator runs without the scenarios. Run it after a change of a quote, or of what a rule cites.
 */

const REQUIREMENTS = new URL('../scenarios/requirements/', import.meta.url)
const TARGET = new URL('../simulator/ground/quotes.generated.ts', import.meta.url)

/** The module's text. Throws where a rule cites a requirement that no file has. */
export function quotesModule(): string {
  const cited = new Set(
    (Object.values(CATALOGUE) as Rule[]).flatMap(({ sources }) =>
      Object.values(sources).flatMap(({ requirements = [] }): readonly string[] => requirements),
    ),
  )
  const files = readdirSync(REQUIREMENTS).filter((file) => file.endsWith('.yaml'))
  const texts = files.sort().map((file) => ({ file, text: readFileSync(new URL(file, REQUIREMENTS), 'utf8') }))
  const rows = readRequirements(texts).flatMap(({ document: ofFile, requirements }) =>
    requirements
      .filter(({ id }) => cited.delete(id))
      .map(({ id, quote, section, document = ofFile }) => [
        id,
        { document, section, quote: quote.replace(/\s+/g, ' ') },
      ]),
  )
  if (cited.size > 0) throw new Error(`No file of scenarios/requirements has ${[...cited].join(', ')}.`)
  return [
    '// Written by scripts/generate-quotes.ts from scenarios/requirements. Change the quotes there.',
    '/** What the documents say, by the requirement that quotes it, for those that a rule cites. */',
    'export const QUOTES = {',
    ...rows.map(([id, row]) => `  ${JSON.stringify(id)}: ${JSON.stringify(row)},`),
    '} as const',
    '',
    '/** A requirement that a rule can cite. */',
    'export type RequirementId = keyof typeof QUOTES',
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, quotesModule())
