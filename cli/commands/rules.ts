import { Command } from 'commander'
import {
  citedDocument,
  type ListedRule,
  listedRules,
  SERVICES,
  type Service,
  SILENT_POINTS,
  type SimulatorOptions,
} from '../../simulator/index.ts'
import { configured } from '../config.ts'
import { print } from '../print.ts'

/** `jftsim rules`: the catalogue, and the settings for what nobody has documented. */
export function rules(): Command {
  return new Command('rules')
    .description('List every rule with its certainty and source, and the setting for every silent point')
    .option('--json', 'print them as JSON')
    .option('--config <file>', 'options as JSON: marks the rules that it switches off, and shows its settings')
    .action(({ json, config }: { json?: boolean; config?: string }) => {
      const options = configured(config)
      print(json ? asJson(options) : asText(options))
    })
}

function entries({ switchedOff }: SimulatorOptions) {
  return listedRules().map((rule) => ({ ...rule, switchedOff: switchedOff.includes(rule.id) }))
}

function settings({ assumptions }: SimulatorOptions) {
  return Object.entries(SILENT_POINTS).map(([name, { of, point, question, reasoning, documents, schema }]) => ({
    name,
    value: assumptions[name as keyof typeof assumptions],
    default: schema.parse(undefined),
    of,
    point,
    question,
    reasoning,
    documents: documents.map(citedDocument),
  }))
}

function asJson(options: SimulatorOptions): string {
  return JSON.stringify({ rules: entries(options), settings: settings(options) }, null, 2)
}

function asText(options: SimulatorOptions): string {
  const rows = entries(options).map(({ switchedOff, ...rule }) =>
    [
      `${rule.id} (${rule.certainty}${switchedOff ? ', switched off' : ''})`,
      `  ${rule.title}.`,
      `  ${rule.source}`,
      ...otherSources(rule),
    ].join('\n'),
  )
  const silent = settings(options).map(({ name, value, question, reasoning }) =>
    [`assumptions.${name} = ${JSON.stringify(value)}`, `  ${question} ${reasoning}`].join('\n'),
  )
  return ['RULES', ...rows, 'SETTINGS FOR SILENT POINTS', ...silent].join('\n\n')
}

/** The services that are not as sure, or by another source, as the first. */
function otherSources({ sources, certainty, source }: ListedRule): string[] {
  const others = Object.entries(sources).filter(([, one]) => one.certainty !== certainty || one.source !== source)
  return others.map(([service, one]) => `  ${SERVICES[service as Service]} (${one.certainty}): ${one.source}`)
}
