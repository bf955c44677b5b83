import { Command } from 'commander'
import {
  CATALOGUE,
  type Rule,
  type RuleId,
  SILENT_POINTS,
  type SimulatorOptions,
  sourceText,
} from '../../simulator/index.ts'
import { configured } from '../config.ts'

/** `jftsim rules`: the catalogue, and the settings for what nobody has documented. */
export function rules(): Command {
  return new Command('rules')
    .description('List every rule with its certainty and source, and the setting for every silent point')
    .option('--json', 'print them as JSON')
    .option('--config <file>', 'options as JSON: marks the rules that it switches off, and shows its settings')
    .action(({ json, config }: { json?: boolean; config?: string }) => {
      const options = configured(config)
      console.log(json ? asJson(options) : asText(options))
    })
}

function entries({ switchedOff }: SimulatorOptions) {
  const rows: [string, Rule][] = Object.entries(CATALOGUE)
  return rows.map(([id, rule]) => ({
    id,
    ...rule,
    source: sourceText(rule.source),
    switchedOff: switchedOff.includes(id as RuleId),
  }))
}

function settings({ assumptions }: SimulatorOptions) {
  return Object.entries(SILENT_POINTS).map(([name, { of, point, question, reasoning, schema }]) => ({
    name,
    value: assumptions[name as keyof typeof assumptions],
    default: schema.parse(undefined),
    of,
    point,
    question,
    reasoning,
  }))
}

function asJson(options: SimulatorOptions): string {
  return JSON.stringify({ rules: entries(options), settings: settings(options) }, null, 2)
}

function asText(options: SimulatorOptions): string {
  const rows = entries(options).map(({ id, certainty, title, source, switchedOff }) =>
    [`${id} (${certainty}${switchedOff ? ', switched off' : ''})`, `  ${title}.`, `  ${source}`].join('\n'),
  )
  const silent = settings(options).map(({ name, value, question, reasoning }) =>
    [`assumptions.${name} = ${JSON.stringify(value)}`, `  ${question} ${reasoning}`].join('\n'),
  )
  return ['RULES', ...rows, 'SETTINGS FOR SILENT POINTS', ...silent].join('\n\n')
}
