import { pointerToken } from '../ground/text/json-pointer.ts'
import { identityNumbersIn } from '../ground/text/mask/identity-numbers.ts'
import { identitySeries, type Series } from '../ground/text/mask/series.ts'
import { issueOf } from './catalogue.ts'
import type { Issue } from './issue.ts'

const NATIONAL_IDENTITY_SYSTEMS = new Map([
  ['urn:oid:2.16.578.1.12.4.1.4.1', 'fødselsnummer'],
  ['urn:oid:2.16.578.1.12.4.1.4.2', 'D-nummer'],
  ['urn:oid:2.16.578.1.12.4.1.4.3', 'felles hjelpenummer'],
])

/** What numbers of a system are; `urn:oid:` may be in capitals (RFC 8141, section 3.1), and is left out by some. */
function kindOf(system: unknown): string | undefined {
  if (system === undefined) return undefined
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
  /** Issues that are told; of the rest only how many there are. */
  readonly mostIssues: number
}

/** The identity numbers of a resource. */
export interface IdentityNumbers {
  /** How many identifiers have a system of national identity numbers. */
  readonly found: number
  readonly issues: readonly Issue[]
  /** How many more issues there are. */
  readonly more: number
}

/**
 * The identity numbers in a parsed resource, and what the environment refuses.
 * Test takes synthetic ones only, Prod real ones only (JFT WriteAPI overview, "Handling of national identification
 * numbers"). Messages never repeat the number.
 */
export function checkIdentityNumbers(resource: unknown, options: IdentityOptions): IdentityNumbers {
  const issues: Issue[] = []
  let found = 0
  let more = 0
  const root = (resource as { resourceType?: string }).resourceType ?? ''
  const note = (refused: Refused | undefined, steps: Steps) => {
    if (refused === undefined) return
    if (issues.length >= options.mostIssues) more += 1
    else issues.push(issueOf(refused.rule, refused.message, placeOf({ root, steps })))
  }
  walk(resource, [], (node, steps) => {
    if (typeof node === 'string') {
      if (options.identityNumberScope === 'identifiers-and-text') note(checkText(node, options), steps)
      return
    }
    const kind = kindOf(node.system)
    if (kind === undefined || typeof node.value !== 'string') return
    found += 1
    note(checkNumber(node.value, kind, options), [...steps, 'value'])
  })
  return { found, issues, more }
}

interface Refused {
  readonly rule: 'identity-number-invalid' | 'identity-number-synthetic' | 'identity-number-real'
  readonly message: string
}

function checkNumber(number: string, kind: string, options: IdentityOptions): Refused | undefined {
  const series = identitySeries(number)
  if (series === 'invalid') {
    const message = `The ${kind} is not a valid number: length, date or control digits are wrong.`
    return { rule: 'identity-number-invalid', message }
  }
  if (series === 'undecidable' && options.otherSyntheticSeries === 'accept') return undefined
  if (options.environment === 'prod') {
    if (series !== 'synthetic') return undefined
    return { rule: 'identity-number-synthetic', message: `The ${kind} is synthetic; production takes only real ones.` }
  }
  if (series === 'synthetic') return undefined
  const message = `The ${kind} is not of a synthetic series; Test takes only synthetic ones.`
  return { rule: 'identity-number-real', message }
}

function checkText(text: string, options: IdentityOptions): Refused | undefined {
  if (options.environment === 'prod' || identityNumbersIn(text).length === 0) return undefined
  return { rule: 'identity-number-real', message: 'The text has an identity number of the real series.' }
}

type Steps = readonly (string | number)[]
type Visit = (node: string | Readonly<Record<string, unknown>>, steps: Steps) => void

/** A place below the root resource, whose type begins the FHIRPath. */
interface Path {
  readonly root: string
  readonly steps: Steps
}

/** Visits every string and object; `steps` is where it is, and good during the visit. */
function walk(value: unknown, steps: (string | number)[], visit: Visit): void {
  if (typeof value === 'string') visit(value, steps)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) below(item, index, steps, visit)
  } else if (typeof value === 'object' && value !== null) {
    visit(value as Record<string, unknown>, steps)
    for (const name of Object.keys(value)) below((value as Record<string, unknown>)[name], name, steps, visit)
  }
}

function below(value: unknown, step: string | number, steps: (string | number)[], visit: Visit): void {
  steps.push(step)
  walk(value, steps, visit)
  steps.pop()
}

function placeOf({ root, steps }: Path): { expression: string; pointer: string } {
  const expression = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
  const pointer = steps.map((step) => `/${pointerToken(String(step))}`)
  return { expression: root + expression.join(''), pointer: pointer.join('') }
}
