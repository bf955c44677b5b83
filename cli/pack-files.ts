import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkNames } from '../scenarios/pack/check-names.ts'
import type { Pack } from '../scenarios/pack/pack.ts'
import { readPacks } from '../scenarios/pack/read-pack.ts'
import { type RequirementText, requirementTexts as textsOf } from '../scenarios/reports/report.ts'
import { type RequirementFile, readRequirements } from '../scenarios/requirements/requirement.ts'
import { readVerifyPack } from '../scenarios/verify/read-verify-pack.ts'
import type { VerifyPack } from '../scenarios/verify/verify-pack.ts'
import { CATALOGUE, FAULT_PRESET_NAMES, suggest } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { readText } from './files.ts'
import { withFileFaults } from './yaml-file.ts'

const RULES = Object.keys(CATALOGUE)

const SHIPPED = fileURLToPath(new URL('../scenarios/packs/', import.meta.url))

/** Names of the packs that come with the simulator. */
export function shippedPacks(): string[] {
  return namesIn(SHIPPED)
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
}

/** The packs of these names, files and folders; all that are shipped when there are none. Throws a `CliError`. */
export function packsOf(
  names: readonly string[],
  requirements: readonly RequirementText[] = requirementTexts(),
): Pack[] {
  const files = names.length === 0 ? shippedPacks().map(shippedFile) : names.flatMap(filesOf)
  const beside = (pack: string, path: string) => readText(resolve(dirname(pack), path))
  return withFileFaults(() => {
    const packs = readPacks(
      files.map((file) => ({ file, text: readText(file) })),
      beside,
    )
    checkNames(packs, { requirements: requirements.map(({ id }) => id), rules: RULES, presets: FAULT_PRESET_NAMES })
    return packs
  })
}

function shippedFile(name: string): string {
  return join(SHIPPED, `${name}.yaml`)
}

function filesOf(name: string): string[] {
  if (shippedPacks().includes(name)) return [shippedFile(name)]
  if (!existsSync(name)) throw new CliError(unknownPack(name, shippedPacks()))
  if (!statSync(name).isDirectory()) return [name]
  const files = readdirSync(name).filter((file) => /\.ya?ml$/.test(file))
  if (files.length === 0) throw new CliError(`There is no pack, *.yaml, in the folder ${name}.`)
  return files.sort().map((file) => join(name, file))
}

function unknownPack(name: string, known: readonly string[]): string {
  return `There is no pack ${name}, nor a file of that name. ${suggest(name, known)}`
}

const REQUIREMENTS = fileURLToPath(new URL('../scenarios/requirements/', import.meta.url))

/** What the documents demand, document by document. */
export function requirementFiles(): RequirementFile[] {
  const files = readdirSync(REQUIREMENTS).filter((file) => file.endsWith('.yaml'))
  return readRequirements(files.sort().map((file) => ({ file, text: readText(join(REQUIREMENTS, file)) })))
}

/** The same as reports show it. */
export function requirementTexts(): RequirementText[] {
  return textsOf(requirementFiles())
}

const VERIFY = fileURLToPath(new URL('../scenarios/verify/', import.meta.url))

/** Names of the verify packs that come with the simulator. */
export function verifyPackNames(): string[] {
  return namesIn(VERIFY)
}

/** The file of a verify pack: a shipped one by its name, or the file itself. Throws a `CliError`. */
export function verifyPackFile(name: string): string {
  if (verifyPackNames().includes(name)) return join(VERIFY, `${name}.yaml`)
  if (existsSync(name)) return name
  throw new CliError(unknownPack(name, verifyPackNames()))
}

/** The verify packs that come with the simulator. */
export function verifyPacks(): VerifyPack[] {
  return verifyPackNames().map((name) => readVerify(verifyPackFile(name)))
}

/** Reads a verify pack. Throws a `CliError` with every fault. */
export function readVerify(file: string): VerifyPack {
  return withFileFaults(() => readVerifyPack({ file, text: readText(file) }, requirementTexts()))
}
