import { existsSync, renameSync, writeFileSync } from 'node:fs'
import {
  type Calibration,
  calibrationSchema,
  mergeCalibrations,
  type Observation,
  valuesOf,
} from '../scenarios/calibrate/calibration.ts'
import { SILENT_POINTS, type SimulatorInput, unknownName } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { writing } from './files.ts'
import { readYamlFile } from './yaml-file.ts'

/** Whether a setting can have a value. */
export function takes(name: string, value: unknown): boolean {
  return SILENT_POINTS[name as keyof typeof SILENT_POINTS]?.schema.safeParse(value).success ?? false
}

/** Reads a calibration. Throws a `CliError` that names each wrong place. */
export function readCalibration(file: string): Calibration {
  const calibration = readYamlFile(file, calibrationSchema)
  const known = Object.keys(SILENT_POINTS)
  const names = [...Object.keys(calibration.settings), ...Object.keys(calibration.undecided)]
  const unknown = names.filter((name) => !known.includes(name)).map((name) => unknownName('setting', name, known))
  const wrong = Object.entries(calibration.settings)
    .filter(([name, { value }]) => known.includes(name) && !takes(name, value))
    .map(([name, { value }]) => `settings.${name}: cannot be ${JSON.stringify(value)}.`)
  if (unknown.length + wrong.length === 0) return calibration
  throw new CliError([...unknown, ...wrong].map((fault) => `${file}: ${fault}`).join('\n'))
}

/** Several calibrations as one; contradictions are undecided. */
export function readCalibrations(files: readonly string[]): Calibration {
  const none: Calibration = { settings: {}, undecided: {} }
  return files.map(readCalibration).reduce((one, other) => mergeCalibrations(one, other), none)
}

/** What was written before, if anything was: an interrupted calibration continues from it. */
export function knownFrom(file: string): Calibration | undefined {
  return existsSync(file) ? readCalibration(file) : undefined
}

/** Writes a calibration, so that whoever reads the file finds a whole one. */
export function writeCalibration(file: string, calibration: Calibration): void {
  writing(file, () => {
    writeFileSync(`${file}.part`, `${JSON.stringify(calibration, null, 2)}\n`)
    renameSync(`${file}.part`, file)
  })
}

/** Options with what a calibration has observed; what the options say themselves goes first. */
export function calibrated(input: SimulatorInput, file: string | undefined): SimulatorInput {
  if (file === undefined) return input
  const calibration = readCalibration(file)
  const observed = Object.fromEntries(Object.entries(calibration.settings).map(([name, one]) => [name, sightOf(one)]))
  return { ...input, observed, assumptions: { ...valuesOf(calibration), ...input.assumptions } }
}

/** What is told of an observation; its evidence stays in its file. */
function sightOf({ value, confidence, date, environment }: Observation) {
  return { value, confidence, date, environment }
}
