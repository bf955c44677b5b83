import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isSampled } from '../simulator/sample.fixture.ts'

const ROOT = join(import.meta.dirname, '..')

/** A kind of simulated failure that is not in any table. */
const effect = (name: string) => ({
  name,
  table: 'simulator/rules/faults/faults.ts',
  before: "  | { readonly kind: 'failed' }\n",
  entry: `  | { readonly kind: 'failed' }\n  | { readonly kind: '${name}' }\n`,
})

/** Who plays it. */
const player = (name: string, who: string) => ({
  name,
  table: 'simulator/rules/faults/fault-places.ts',
  before: "  status: 'step',\n",
  entry: `  status: 'step',\n  '${name}': ${who},\n`,
})

/** A new entry in the one table of each list, with a name that nothing else has; a step is named otherwise. */
const NEW_ENTRIES = {
  resourceType: {
    name: 'TrialType',
    table: 'simulator/ground/event-types.ts',
    before: "'MedicationDispense'] as const",
    entry: "'MedicationDispense', 'TrialType'] as const",
  },
  surface: {
    name: 'trial-surface',
    table: 'simulator/ground/surfaces.ts',
    before: 'export const SURFACES = {\n',
    entry:
      "export const SURFACES = {\n  'trial-surface': { service: 'jft', title: 'Trial', prefix: '/t', hosts: {}, token: JFT_TOKEN, takes: 'events', foreignPages: 'refused', steps: ['token'] },\n",
  },
  service: {
    name: 'trial-service',
    table: 'simulator/ground/services.ts',
    before: "  ehr: 'EHR',\n",
    entry: "  ehr: 'EHR',\n  'trial-service': 'Trial',\n",
  },
  step: {
    name: '"form"',
    table: 'simulator/ground/surfaces.ts',
    before: "steps: ['form', 'client',",
    entry: "steps: ['trial-step', 'client',",
  },
  effect: effect('trial-effect'),
  reportFormat: {
    name: 'trial-format',
    table: 'scenarios/reports/format-names.ts',
    before: 'export const REPORT_FORMATS = {\n',
    entry: "export const REPORT_FORMATS = {\n  'trial-format': { title: 'Trial', ending: 't', type: 'text/plain' },\n",
  },
  setting: {
    name: 'trialSetting',
    table: 'simulator/ground/settings/assumptions.ts',
    before: 'export const SILENT_POINTS = {\n',
    entry: "export const SILENT_POINTS = {\n  trialSetting: row(1, flag(true), 'Why?', 'So.'),\n",
  },
} as const

/** Kinds of failure that say who plays them, and nobody does. */
const NEW_PLAYERS = [
  effect('trial-of-step'),
  player('trial-of-step', "'step'"),
  effect('trial-of-answer'),
  player('trial-of-answer', "'answer'"),
  effect('trial-of-handlers'),
  player('trial-of-handlers', "{ 'trial-place': 'page' }"),
]

interface Entry {
  readonly table: string
  readonly before: string
  readonly entry: string
}

const FOLDERS = [
  'simulator',
  'scenarios',
  'cli',
  'fixtures',
  'ui',
  'examples',
  'conformance',
  'bench',
  'scripts',
  'e2e',
]

/** The type errors once each list has an entry more, all at once: the names tell the errors apart. */
function errors(entries: readonly Entry[]): readonly string[] {
  const copy = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  try {
    for (const part of [...FOLDERS, 'tsconfig.json', 'package.json'])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    for (const { table, before, entry } of entries) {
      const text = readFileSync(join(copy, table), 'utf8')
      expect(text, table).toContain(before)
      writeFileSync(join(copy, table), text.replace(before, entry))
    }
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    return ['tsconfig.json', 'ui/tsconfig.json'].flatMap((config) => {
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', config, '--pretty', 'false'], {
        cwd: copy,
        encoding: 'utf8',
      })
      return stdout.split(/\n(?! )/)
    })
  } finally {
    rmSync(copy, { recursive: true })
  }
}

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

function filesNaming(all: readonly string[], name: string): readonly string[] {
  const files = all.filter((error) => error.includes(name)).map((error) => error.replace(/\(.*/s, ''))
  return [...new Set(files)].sort()
}

test.skipIf(!isSampled('lists', 4))(
  'an entry that is added to a list is a type error at every place that does not know it yet',
  () => {
    const all = errors(Object.values(NEW_ENTRIES))
    const places = Object.fromEntries(
      Object.entries(NEW_ENTRIES).map(([list, { name }]) => [list, filesNaming(all, name)]),
    )
    expect(places).toEqual({
      resourceType: [
        'simulator/services/events/sample-event.ts',
        'simulator/surfaces/ehr/note-text.ts',
        'ui/src/events/event-facts.ts',
      ],
      service: ['ui/src/lanes/lanes.ts', 'ui/src/lanes/lanes.tsx', 'ui/src/rules/rules.tsx'],
      surface: [
        'cli/welcome.ts',
        'scenarios/runner/blame.ts',
        'simulator/doors.fixture.ts',
        'simulator/rules/faults/faults.test.ts',
        'simulator/simulator.ts',
        'ui/src/overview/overview.tsx',
        'ui/src/scenarios/waiting-panel.tsx',
      ],
      step: ['simulator/surfaces/helseid/index.ts'],
      effect: [
        'simulator/rules/faults/fault-places.ts',
        'simulator/surfaces/control/fault-order.ts',
        'simulator/surfaces/pit/pit-faults.test.ts',
        'ui/src/environment/fault-form.tsx',
      ],
      reportFormat: ['scenarios/reports/formats.ts'],
      setting: ['ui/src/text/settings-nb.ts'],
    })
  },
)

test('the resource types of events are written out in one place, so that a new one is in every text that names them', () => {
  const copies = ['simulator', 'scenarios', 'cli', 'ui/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.(test|fixture|generated)\.tsx?$/.test(file))
      .map((file) => join(folder, file))
      .filter((file) => /bundle\W+(or |and )?composition\W+(\w+ )?medicationdispense/i.test(textOf(file))),
  )
  expect(copies).toEqual(['simulator/ground/event-types.ts'])
})

test.skipIf(!isSampled('lists', 4))('a failure that says who plays it is a type error where that is not done', () => {
  const all = errors(NEW_PLAYERS)
  const named = ['trial-of-step', 'trial-of-answer', 'trial-place'].map((name) => filesNaming(all, name))
  const [step = [], answer = [], place] = named
  expect([step, answer].map((files) => files.includes('simulator/http/faults.ts'))).toEqual([true, true])
  expect(place).toEqual(['simulator/rules/faults/fault-places.ts'])
})
