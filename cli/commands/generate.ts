import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Kind, SpoilerName } from '../../fixtures/index.ts'
import { unknownName } from '../../simulator/index.ts'
import { adminTokenOption } from '../admin-token.ts'
import { CliError } from '../cli-error.ts'
import { writing } from '../files.ts'
import { printData, tell } from '../print.ts'
import { readOrgnr } from '../read-orgnr.ts'
import { readUrl } from '../read-url.ts'
import { wholeNumber } from '../whole-number.ts'

interface GenerateFlags {
  readonly count: number
  readonly seed?: number
  readonly spoil?: string
  readonly out?: string
  readonly post?: string
  readonly orgnr?: string
  readonly adminToken?: string
  readonly rate: number
}

/** One event, ready to be written or sent. */
export interface Generated {
  /** For a file: kind and number. */
  readonly name: string
  /** Resource type: the endpoint that it is for. */
  readonly type: string
  readonly text: string
}

/** `jftsim generate`: synthetic events as files, on standard output, or posted to a running simulator. */
export function generate(): Command {
  return new Command('generate')
    .description(
      'Make synthetic events of synthetic persons, and patients for PIT: as files, as lines, or posted at a rate',
    )
    .argument(
      '<kind...>',
      'note, measurement, omission, form-answer, alarm, supervision, dispensing, deviation, patient',
    )
    .option('--count <number>', 'how many of each kind', wholeNumber(0, 999_999_999), 1)
    .option('--seed <number>', 'the same number makes the same events', wholeNumber(0, 999_999_999))
    .option('--spoil <name>', 'break each event in one way, for example missing-mandatory')
    .addOption(new Option('--out <folder>', 'write one file for each event').conflicts('post'))
    .option('--post <url>', 'submit them to the simulator at that URL', readUrl)
    .addOption(adminTokenOption())
    .option('--orgnr <number>', "with --post: the municipality's main unit", readOrgnr, '313231593')
    .option('--rate <number>', 'with --post: events per second', positiveNumber, 10)
    .addHelpText('after', '\nWithout --out and --post, each event is one line of JSON on standard output.')
    .action(run)
}

async function run(kinds: readonly string[], flags: GenerateFlags): Promise<void> {
  const events = await makeEvents(kinds, flags)
  const { out, post, orgnr = '', rate, adminToken } = flags
  if (post !== undefined) {
    const { postEvents } = await import('../post-events.ts')
    const refused = await postEvents(events, { url: post, orgnr, rate, adminToken })
    if (refused > 0 && flags.spoil === undefined) process.exitCode = 1
  } else if (out !== undefined) {
    writing(out, () => {
      mkdirSync(out, { recursive: true })
      for (const { name, text } of events) writeFileSync(join(out, `${name}.json`), `${text}\n`)
    })
    tell(`${events.length} files written to ${out}`)
  } else {
    for (const { text } of events) printData(text)
  }
}

/** What is handed over to PIT, and not submitted to JFT. */
const PATIENT = 'patient'

/** The fixtures bring faker and its words with them, so they are read only here. */
async function makeEvents(names: readonly string[], flags: GenerateFlags): Promise<Generated[]> {
  const { anyEvent, anyPatient, KINDS, SPOILERS, seedFixtures, spoil } = await import('../../fixtures/index.ts')
  const kinds = names.map((name) => oneOf<Kind | typeof PATIENT>('kind', name, [...Object.keys(KINDS), PATIENT]))
  const spoiler = flags.spoil && oneOf<SpoilerName>('spoiler', flags.spoil, Object.keys(SPOILERS))
  if (spoiler && kinds.includes(PATIENT)) throw new CliError('--spoil breaks events; a patient is none.')
  if (flags.seed !== undefined) seedFixtures(flags.seed)
  const digits = String(flags.count).length
  const make = (kind: Kind | typeof PATIENT) => {
    if (kind === PATIENT) return { type: 'Patient', text: JSON.stringify(anyPatient()) }
    const event = anyEvent(kind)
    return { type: event.resourceType, text: spoiler ? spoil(event, spoiler) : JSON.stringify(event) }
  }
  return kinds.flatMap((kind) =>
    Array.from({ length: flags.count }, (_, index) => {
      const name = [kind, ...(spoiler ? [spoiler] : []), String(index + 1).padStart(digits, '0')].join('-')
      return { name, ...make(kind) }
    }),
  )
}

function oneOf<T extends string>(what: string, name: string, names: readonly string[]): T {
  if (names.includes(name)) return name as T
  throw new CliError(unknownName(what, name, names))
}

function positiveNumber(value: string): number {
  if (Number(value) > 0 && Number(value) <= 10_000) return Number(value)
  throw new InvalidArgumentError('It must be a number above 0, 10000 at most.')
}
