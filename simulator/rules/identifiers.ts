import { issueOf } from './catalogue.ts'
import type { Issue } from './issue.ts'
import { pointerToken } from './json/json-text.ts'

/** Which series a number belongs to, as far as the number itself tells. */
export type Series = 'real' | 'synthetic' | 'undecidable' | 'invalid'

const NATIONAL_IDENTITY_SYSTEMS = new Map([
  ['urn:oid:2.16.578.1.12.4.1.4.1', 'fødselsnummer'],
  ['urn:oid:2.16.578.1.12.4.1.4.2', 'D-nummer'],
  ['urn:oid:2.16.578.1.12.4.1.4.3', 'felles hjelpenummer'],
])

/** The systems of national identity numbers, those that stay with a person first. */
export const nationalIdentitySystems: readonly string[] = [...NATIONAL_IDENTITY_SYSTEMS.keys()]

const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
const ORGANIZATION = [3, 2, 7, 6, 5, 4, 3, 2, 1]

/**
 * The series of a Norwegian identity number (DDMMYYIIIKK). Synthetic: month +80 (Skatteetaten, Tenor) or +65 (NHN).
 * Undecidable: month +40 (NAV's synthetic numbers and local help numbers look alike) and common help numbers (first
 * digit 8 or 9). Control digits follow the rule in force until 2032.
 */
export function identitySeries(number: string): Series {
  if (!/^\d{11}$/.test(number) || remainder(number, K1) !== 0 || remainder(number, K2) !== 0) return 'invalid'
  return seriesOfDate(number)
}

function seriesOfDate(number: string): Series {
  const first = Number(number[0])
  if (first >= 8) return 'undecidable'
  const day = Number(number.slice(0, 2)) - (first >= 4 ? 40 : 0)
  if (day < 1 || day > 31) return 'invalid'
  const month = Number(number.slice(2, 4))
  if (within(month, 1, 12)) return 'real'
  if (within(month, 66, 77) || within(month, 81, 92)) return 'synthetic'
  return within(month, 41, 52) ? 'undecidable' : 'invalid'
}

/** The series of a Norwegian organisation number. The first digit 2 or 3 as the synthetic series is an inference. */
export function organizationSeries(number: string): Series {
  if (!/^\d{9}$/.test(number) || remainder(number, ORGANIZATION) !== 0) return 'invalid'
  const first = number[0]
  if (first === '8' || first === '9') return 'real'
  return first === '2' || first === '3' ? 'synthetic' : 'undecidable'
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}

/** The weighted sum of the digits that the weights cover, modulo 11. */
function remainder(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11
}

/** What decides whether a number may be sent. */
export interface IdentityOptions {
  readonly environment: 'test' | 'prod'
  /** +40 numbers and common help numbers, which do not tell what they are. */
  readonly otherSyntheticSeries: 'accept' | 'reject'
  readonly identityNumberScope: 'identifiers' | 'identifiers-and-text'
}

/**
 * The identity numbers in a parsed resource: how many identifiers have such a system, and what the environment refuses.
 * Test takes synthetic ones only, Prod real ones only (JFT WriteAPI overview, "Handling of national identification
 * numbers"). Messages never repeat the number.
 */
export function checkIdentityNumbers(resource: unknown, options: IdentityOptions): { found: number; issues: Issue[] } {
  const issues: Issue[] = []
  let found = 0
  const root = (resource as { resourceType?: string }).resourceType ?? ''
  walk(resource, [], (node, steps) => {
    const path = { root, steps }
    if (typeof node === 'string') {
      if (options.identityNumberScope === 'identifiers-and-text') issues.push(...checkText(node, path, options))
      return
    }
    const kind = NATIONAL_IDENTITY_SYSTEMS.get(String(node.system))
    if (kind === undefined || typeof node.value !== 'string') return
    found += 1
    issues.push(...checkNumber(node.value, kind, { root, steps: [...steps, 'value'] }, options))
  })
  return { found, issues }
}

function checkNumber(number: string, kind: string, path: Path, options: IdentityOptions): Issue[] {
  const series = identitySeries(number)
  const place = placeOf(path)
  if (series === 'invalid') {
    return [
      issueOf(
        'identity-number-invalid',
        `The ${kind} is not a valid number: length, date or control digits are wrong.`,
        place,
      ),
    ]
  }
  if (series === 'undecidable' && options.otherSyntheticSeries === 'accept') return []
  if (options.environment === 'prod') {
    if (series !== 'synthetic') return []
    return [issueOf('identity-number-synthetic', `The ${kind} is synthetic; production takes only real ones.`, place)]
  }
  if (series === 'synthetic') return []
  return [
    issueOf('identity-number-real', `The ${kind} is not of a synthetic series; Test takes only synthetic ones.`, place),
  ]
}

function checkText(text: string, path: Path, options: IdentityOptions): Issue[] {
  if (options.environment === 'prod' || maskIdentityNumbers(text) === text) return []
  return [issueOf('identity-number-real', 'The text has an identity number of the real series.', placeOf(path))]
}

type Steps = readonly (string | number)[]
type Visit = (node: string | Readonly<Record<string, unknown>>, steps: Steps) => void

/** A place below the root resource, whose type begins the FHIRPath. */
interface Path {
  readonly root: string
  readonly steps: Steps
}

function walk(value: unknown, path: Steps, visit: Visit): void {
  if (typeof value === 'string') visit(value, path)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], visit)
  } else if (typeof value === 'object' && value !== null) {
    visit(value as Record<string, unknown>, path)
    for (const [name, member] of Object.entries(value)) walk(member, [...path, name], visit)
  }
}

function placeOf({ root, steps }: Path): { expression: string; pointer: string } {
  const expression = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
  const pointer = steps.map((step) => `/${pointerToken(String(step))}`)
  return { expression: root + expression.join(''), pointer: pointer.join('') }
}

/** Six and five digits, together or apart, also as a URL writes a blank. */
const NUMBER_LIKE = /(?<![\w.])\d{6}(?:[ +-]|%20)?\d{5}(?!\w)/g
const MASK = '***********'

/**
 * The text with every number that looks like a real-series identity number masked. Control digits count under both the
 * present rule and that of 2032, so that nothing real slips through.
 */
export function maskIdentityNumbers(text: string): string {
  return text.replace(NUMBER_LIKE, (found) => (looksReal(found.replace(/[ +-]|%20/, '')) ? MASK : found))
}

/** How many numbers `maskIdentityNumbers` masks. */
export function countRealNumbers(text: string): number {
  return text.match(NUMBER_LIKE)?.filter((found) => looksReal(found.replace(/[ +-]|%20/, ''))).length ?? 0
}

/** Masks as `maskIdentityNumbers` does, and leaves JSON valid: a bare number becomes a string. */
export function maskIdentityNumbersInJson(text: string): string {
  if (maskIdentityNumbers(text) === text) return text
  return text.replace(/"(?:[^"\\]|\\.)*"|-?[\d.eE+-]+/g, (token) => {
    const masked = maskIdentityNumbers(token)
    return masked === token || token.startsWith('"') ? masked : JSON.stringify(masked)
  })
}

function looksReal(number: string): boolean {
  return seriesOfDate(number) === 'real' && remainder(number, K1) <= 3 && remainder(number, K2) === 0
}
