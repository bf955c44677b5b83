import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { makePayload } from '../scenarios/runner/payload.ts'
import { escaped, verdictLines } from '../scenarios/runner/verdict-lines.ts'
import { assumptionsSchema } from '../simulator/ground/settings/assumptions.ts'
import { checkPayload } from '../simulator/services/verdicts/check.ts'

/*
 * Writes the tables of verdicts, scenarios/packs/verdicts.yaml: what a check says of each payload there. Run it after a change
 * of a rule or a text, or of a payload, and read what differs. A new payload is a row with its `text` alone.
 */

const FILE = new URL('../scenarios/packs/verdicts.yaml', import.meta.url)

const row = z.strictObject({
  text: z.string().optional(),
  hex: z.string().optional(),
  verdicts: z.string().default(''),
})

type Row = z.output<typeof row>

const scenario = z.strictObject({
  id: z.string(),
  title: z.string(),
  sandbox: z
    .strictObject({ environment: z.enum(['test', 'prod']).optional(), assumptions: z.record(z.string(), z.unknown()) })
    .optional(),
  steps: z
    .array(
      z.strictObject({
        each: z.array(row),
        check: z.strictObject({
          text: z.string().optional(),
          hex: z.string().optional(),
          endpoint: z.string().optional(),
          forwarded: z.literal(true),
        }),
        expect: z.unknown(),
      }),
    )
    .length(1),
})

const pack = z.strictObject({ pack: z.string(), title: z.string(), scenarios: z.array(scenario) })

/** A table: payloads that are checked with the same settings. */
export type VerdictTable = z.output<typeof scenario>

/** The tables as they are written. */
export function verdictTables(): { readonly text: string; readonly tables: readonly VerdictTable[] } {
  const text = readFileSync(FILE, 'utf8')
  return { text, tables: pack.parse(parse(text)).scenarios }
}

/** The file's text with what the simulator says now. */
export function verdictsPack(tables: readonly VerdictTable[]): string {
  return [HEAD, ...tables.map(tableText)].join('\n')
}

const HEAD = `# yaml-language-server: $schema=../pack.schema.json
# Written by scripts/generate-verdicts.ts: change the payloads here, run it, and read what differs. What JFT and VKP say of
# each text was held against the Firely .NET SDK 5.10.4 and 6 (npm run conformance -- --tables, with --sdk 5 and --sdk 6): it
# differs in nothing but what conformance/compare/deliberate.ts gives a reason for. Fixes and patches are the simulator's own.
pack: verdicts
title: What a check says of many small payloads, word for word and place by place
scenarios:`

function tableText({ id, title, sandbox, steps: [step] }: VerdictTable): string {
  if (step === undefined) throw new Error(`${id} has no table.`)
  const { each, check } = step
  const { endpoint } = check
  const isBytes = each.some(({ hex }) => hex !== undefined)
  return [
    `  - id: ${id}`,
    `    title: ${title}`,
    ...(sandbox === undefined ? [] : [`    sandbox: ${JSON.stringify(sandbox)}`]),
    '    steps:',
    '    - each:',
    ...each.flatMap((one) => rowLines(one, linesOf(one, sandbox, endpoint))),
    `      check: { ${isBytes ? 'hex' : 'text'}: "\${each.${isBytes ? 'hex' : 'text'}}", ${endpoint === undefined ? '' : `endpoint: ${endpoint}, `}forwarded: true }`,
    `      expect: { status: 200, verdicts: "\${each.verdicts}" }`,
    '',
  ].join('\n')
}

function linesOf(row: Row, sandbox: VerdictTable['sandbox'], endpoint: string | undefined): readonly string[] {
  const { environment = 'test', assumptions = {} } = sandbox ?? {}
  const { text, hex } = row
  const { body } = makePayload({ text, hex }, 0, '')
  const checked = checkPayload(body, {
    environment,
    assumptions: assumptionsSchema.parse(assumptions),
    forwarded: true,
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  return verdictLines(checked, text ?? '')
}

function rowLines({ text = '', hex }: Row, lines: readonly string[]): string[] {
  const payload = hex === undefined ? `text: ${scalar(text)}` : `hex: '${hex}'`
  return [`      - ${payload}`, '        verdicts: |', ...lines.map((line) => `          ${line}`)]
}

/** In single quotes where YAML keeps every character there. */
function scalar(text: string): string {
  return /^[^\p{C}\p{Z}]*(?: [^\p{C}\p{Z}]+)*$/u.test(text)
    ? `'${text.replaceAll("'", "''")}'`
    : escaped(JSON.stringify(text))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, verdictsPack(verdictTables().tables))
