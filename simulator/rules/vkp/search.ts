import { SERVICE_CODES } from '../../ground/service-codes.ts'
import { identitySeries } from '../../ground/text/mask/series.ts'
import type { VkpRuleId } from '../catalogue/vkp.ts'
import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { parseTime } from '../time.ts'

/** What a search takes (VKP.Samples, PatientInformation). */
interface Form {
  readonly identifier: 'identifier' | 'patient.identifier'
  readonly identifierRequired: boolean
  readonly dated: boolean
}

const byPatient = { identifier: 'patient.identifier', identifierRequired: true, dated: false } as const

/** The resources that VKP searches for, by their names in the path. */
export const SEARCH_FORMS = {
  patient: { identifier: 'identifier', identifierRequired: false, dated: false },
  episodeofcare: { ...byPatient, identifierRequired: false },
  careplan: { ...byPatient, dated: true },
  composition: { ...byPatient, dated: true },
  condition: byPatient,
  allergyintolerance: { ...byPatient, identifier: 'identifier' },
  medicationstatement: byPatient,
} as const satisfies Record<string, Form>

/** A resource that VKP searches for. */
export type SearchType = keyof typeof SEARCH_FORMS

/** The codes of a `ServiceCodes` header in lower case, and what is wrong with them. Case does not matter. */
export function readServiceCodes(header: string | null): { codes: readonly string[]; issues: readonly Issue[] } {
  const codes = (header ?? '').split(',').flatMap((code) => code.trim().toLowerCase() || [])
  if (codes.length === 0) {
    return { codes, issues: [issueOf('vkp-service-codes', 'The request has no ServiceCodes header with a code.')] }
  }
  const unknown = codes.filter((code) => !SERVICE_CODES.some((known) => known === code))
  const message = (code: string) =>
    `VKP has no service code ${JSON.stringify(code)}; it has ${SERVICE_CODES.join(', ')}.`
  return { codes, issues: unknown.map((code) => issueOf('vkp-service-code-unknown', message(code))) }
}

/** What is wrong with the parameters of a search: how many, and their form. Others are for the EHR to judge. */
export function checkSearch(type: SearchType, form: URLSearchParams, missingDates: 'reject' | 'accept'): Issue[] {
  const takes: Form = SEARCH_FORMS[type]
  return [
    ...checkIdentifier(takes, form.getAll(takes.identifier)),
    ...(takes.dated ? checkDates(form.getAll('date'), missingDates) : []),
  ]
}

function checkIdentifier({ identifier, identifierRequired }: Form, values: readonly string[]): Issue[] {
  const [value, ...more] = values
  if (more.length > 0) return [count(`${identifier} may be sent once, and was sent ${values.length} times.`)]
  if (value === undefined) return identifierRequired ? [count(`${identifier} is missing.`)] : []
  if (identitySeries(value.replace(SYSTEM, '')) !== 'invalid') return []
  const message = `${identifier} is not a valid identity number: length, date or control digits are wrong.`
  return [issueOf('vkp-identity-number', message)]
}

/** Whether the value of an identifier is a number of the real series. */
export function isReal(value: string | null): boolean {
  return value !== null && identitySeries(value.replace(SYSTEM, '')) === 'real'
}

/** The number stands alone in the samples; FHIR's `system|value` is taken too. */
const SYSTEM = /^urn:oid:2\.16\.578\.1\.12\.4\.1\.4\.[123]\|/

function checkDates(values: readonly string[], missing: 'reject' | 'accept'): Issue[] {
  if (values.length === 0 && missing === 'accept') return []
  const bounds = values.map((value) => value.slice(0, 2))
  const wanted = values.length === 2 && bounds.includes('ge') && bounds.includes('le')
  const malformed = values.filter((value) => !/^(?:ge|le)/.test(value) || !parseTime(value.slice(2)))
  if (malformed.length > 0) return malformed.map((value) => wrong('vkp-parameter-format', dateMessage(value)))
  return wanted ? [] : [count('date must be sent twice, once with ge and once with le.')]
}

const dateMessage = (value: string) =>
  `date=${value.slice(0, 60)} is not a time with an offset, or date, after ge or le.`
const wrong = (rule: VkpRuleId, message: string) => issueOf(rule, message)
const count = (message: string) => wrong('vkp-parameter-count', message)
