import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkNames } from '../../../scenarios/pack/check-names.ts'
import type { Pack } from '../../../scenarios/pack/pack.ts'
import { readPacks } from '../../../scenarios/pack/read-pack.ts'
import { FileFaults } from '../../../scenarios/read-yaml.ts'
import type { RequirementText } from '../../../scenarios/reports/report.ts'
import { type RequirementFile, readRequirements, sourceOf } from '../../../scenarios/requirements/requirement.ts'
import { nearest } from '../../index.ts'
import { CliError } from './cli-error.ts'
import { readText } from './config.ts'

const SHIPPED = fileURLToPath(new URL('../../../scenarios/packs/', import.meta.url))

/** Names of the packs that come with the simulator. */
export function shippedPacks(): string[] {
  return readdirSync(SHIPPED)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
}

/** The packs of these names, files and folders; all that are shipped when there are none. Throws a `CliError`. */
export function packsOf(names: readonly string[]): Pack[] {
  const files = names.length === 0 ? shippedPacks().map(shippedFile) : names.flatMap(filesOf)
  try {
    const packs = readPacks(files.map((file) => ({ file, text: readText(file) })))
    checkNames(packs, { requirements: requirementTexts().map(({ id }) => id) })
    return packs
  } catch (error) {
    throw error instanceof FileFaults ? new CliError(error.message) : error
  }
}

function shippedFile(name: string): string {
  return join(SHIPPED, `${name}.yaml`)
}

function filesOf(name: string): string[] {
  if (shippedPacks().includes(name)) return [shippedFile(name)]
  if (!existsSync(name)) throw new CliError(unknownPack(name))
  if (!statSync(name).isDirectory()) return [name]
  return readdirSync(name)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => join(name, file))
}

function unknownPack(name: string): string {
  const guess = nearest(name, shippedPacks())
  const hint = guess === undefined ? `There are ${shippedPacks().join(', ')}.` : `Did you mean ${guess}?`
  return `There is no pack ${name}, nor a file of that name. ${hint}`
}

const REQUIREMENTS = fileURLToPath(new URL('../../../scenarios/requirements/', import.meta.url))

/** What the documents demand, document by document. */
export function requirementFiles(): RequirementFile[] {
  const files = readdirSync(REQUIREMENTS).filter((file) => file.endsWith('.yaml'))
  return readRequirements(files.sort().map((file) => ({ file, text: readText(join(REQUIREMENTS, file)) })))
}

/** The same as reports show it. */
export function requirementTexts(): RequirementText[] {
  return requirementFiles().flatMap((file) =>
    file.requirements.map((one) => ({ id: one.id, quote: one.quote, source: sourceOf(file, one) })),
  )
}
