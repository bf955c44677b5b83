import { Command } from 'commander'
import type { Calibration } from '../../scenarios/calibrate/calibration.ts'
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
    .option('--calibration <file>', 'shows the settings that calibrate observed, with where and when')
    .action(run)
}

interface Flags {
  readonly json?: boolean
  readonly config?: string
  readonly calibration?: string
}

/** What was observed, by the name of the setting. */
type Observed = Calibration['settings']

async function run({ json, config, calibration }: Flags): Promise<void> {
  if (calibration === undefined) return show(configured(config), {}, json)
  const { readCalibration } = await import('../calibration-file.ts')
  const { settings } = readCalibration(calibration)
  show(withObserved(configured(config), settings), settings, json)
}

function show(options: SimulatorOptions, observed: Observed, json = false): void {
  print(json ? asJson(options, observed) : asText(options, observed))
}

/** The options with the values that were observed. */
function withObserved(options: SimulatorOptions, observed: Observed): SimulatorOptions {
  const values = Object.fromEntries(Object.entries(observed).map(([name, { value }]) => [name, value]))
  return { ...options, assumptions: { ...options.assumptions, ...values } }
}

function entries({ switchedOff }: SimulatorOptions) {
  return listedRules().map((rule) => ({ ...rule, switchedOff: switchedOff.includes(rule.id) }))
}

function settings({ assumptions }: SimulatorOptions, observed: Observed) {
  return Object.entries(SILENT_POINTS).map(([name, { of, point, question, reasoning, documents, schema }]) => ({
    name,
    value: assumptions[name as keyof typeof assumptions],
    default: schema.parse(undefined),
    of,
    point,
    question,
    reasoning,
    documents: documents.map(citedDocument),
    ...observationOf(observed[name]),
  }))
}

/** What is told of an observation; its evidence stays in its file. */
function observationOf(one: Observed[string] | undefined) {
  if (one === undefined) return {}
  const { certainty, confidence, date, environment } = one
  return { observed: { certainty, confidence, date, environment } }
}

function asJson(options: SimulatorOptions, observed: Observed): string {
  return JSON.stringify({ rules: entries(options), settings: settings(options, observed) }, null, 2)
}

function asText(options: SimulatorOptions, observed: Observed): string {
  const rows = entries(options).map(({ switchedOff, ...rule }) =>
    [
      `${rule.id} (${rule.certainty}${switchedOff ? ', switched off' : ''})`,
      `  ${rule.title}.`,
      `  ${rule.source}`,
      ...otherSources(rule),
    ].join('\n'),
  )
  const silent = settings(options, observed).map(({ name, value, question, reasoning, observed: seen }) =>
    [
      `assumptions.${name} = ${JSON.stringify(value)}`,
      `  ${question} ${reasoning}`,
      ...(seen === undefined
        ? []
        : [`  Observed at ${seen.environment}, ${seen.date} (${seen.confidence} confidence).`]),
    ].join('\n'),
  )
  return ['RULES', ...rows, 'SETTINGS FOR SILENT POINTS', ...silent].join('\n\n')
}

/** The services that are not as sure, or by another source, as the first. */
function otherSources({ sources, certainty, source }: ListedRule): string[] {
  const others = Object.entries(sources).filter(([, one]) => one.certainty !== certainty || one.source !== source)
  return others.map(([service, one]) => `  ${SERVICES[service as Service]} (${one.certainty}): ${one.source}`)
}
