import { append } from '../ground/append.ts'
import { identityNumbersIn } from '../ground/text/mask/identity-numbers.ts'
import { identitySeries, type Series } from '../ground/text/mask/series.ts'
import { issueOf } from './catalogue.ts'
import type { Issue } from './issue.ts'
import { pointerToken } from './json/json-text.ts'

const NATIONAL_IDENTITY_SYSTEMS = new Map([
  ['urn:oid:2.16.578.1.12.4.1.4.1', 'fødselsnummer'],
  ['urn:oid:2.16.578.1.12.4.1.4.2', 'D-nummer'],
  ['urn:oid:2.16.578.1.12.4.1.4.3', 'felles hjelpenummer'],
])

/** What numbers of a system are; `urn:oid:` may be in capitals (RFC 8141, section 3.1), and is left out by some. */
function kindOf(system: unknown): string | undefined {
  return NATIONAL_IDENTITY_SYSTEMS.get(String(system).replace(/^(?:urn:oid:)?(?=2\.16\.)/i, 'urn:oid:'))
}

/** The systems of national identity numbers, those that stay with a person first. */
export const nationalIdentitySystems: readonly string[] = [...NATIONAL_IDENTITY_SYSTEMS.keys()]

const ORGANIZATION = [3, 2, 7, 6, 5, 4, 3, 2, 1]

/** The series of a Norwegian organisation number. The first digit 2 or 3 as the synthetic series is an inference. */
export function organizationSeries(number: string): Series {
  if (!/^\d{9}$/.test(number) || remainder(number, ORGANIZATION) !== 0) return 'invalid'
  const first = number[0]
  if (first === '8' || first === '9') return 'real'
  return first === '2' || first === '3' ? 'synthetic' : 'undecidable'
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
      if (options.identityNumberScope === 'identifiers-and-text') append(issues, checkText(node, path, options))
      return
    }
    const kind = kindOf(node.system)
    if (kind === undefined || typeof node.value !== 'string') return
    found += 1
    append(issues, checkNumber(node.value, kind, { root, steps: [...steps, 'value'] }, options))
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
  if (options.environment === 'prod' || identityNumbersIn(text).length === 0) return []
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
