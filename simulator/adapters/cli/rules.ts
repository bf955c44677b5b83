import { Command } from 'commander'
import { CATALOGUE, optionsSchema, type Rule, SILENT_POINTS, sourceText } from '../../index.ts'

/** `jftsim rules`: the catalogue, and the settings for what nobody has documented. */
export function rules(): Command {
  return new Command('rules')
    .description('List every rule with its certainty and source, and the setting for every silent point')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) => console.log(json ? asJson() : asText()))
}

const entries = (): [string, Rule][] => Object.entries(CATALOGUE)
const defaults = optionsSchema.parse({}).assumptions

function settings() {
  return Object.entries(SILENT_POINTS).map(([name, { of, point, question, reasoning }]) => ({
    name,
    default: defaults[name as keyof typeof defaults],
    of,
    point,
    question,
    reasoning,
  }))
}

function asJson(): string {
  const list = entries().map(([id, rule]) => ({ id, ...rule, source: sourceText(rule.source) }))
  return JSON.stringify({ rules: list, settings: settings() }, null, 2)
}

function asText(): string {
  const rows = entries().map(([id, { certainty, title, source }]) =>
    [`${id} (${certainty})`, `  ${title}.`, `  ${sourceText(source)}`].join('\n'),
  )
  const silent = settings().map(({ name, default: value, question, reasoning }) =>
    [`assumptions.${name} = ${JSON.stringify(value)}`, `  ${question} ${reasoning}`].join('\n'),
  )
  return ['RULES', ...rows, 'SETTINGS FOR SILENT POINTS', ...silent].join('\n\n')
}
