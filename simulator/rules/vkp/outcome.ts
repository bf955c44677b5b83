import type { Service } from '../../ground/services.ts'
import { VKP_RULES } from '../catalogue/vkp.ts'
import type { RuleId } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { type IssueCoding, operationOutcome } from '../operation-outcome.ts'

const SYSTEM = 'http://ehelse.no/fhir/CodeSystem/vkp-operation-outcome-v090'

/** The code system vkp-operation-outcome-v090, as published (HL7Norway/Velferdsteknologi). */
const DISPLAYS = {
  '1': 'forbudt',
  '1.1': 'ikke aktiv',
  '1.2': 'ikke tillatt',
  '1.3': 'ikke oppfylt tjenstlig behov',
  '1.4': 'ikke tilgang',
  '1.5': 'ikke tilgang',
  '2': 'ugyldige data',
  '2.1': 'ugyldig personidentifikator',
  '2.2': 'ugyldig systemidentifikator',
  '2.3': 'ugyldig antall parametere',
  '2.4': 'ugyldig format',
  '3': 'annen feil',
  '3.1': 'time out',
} as const

/** A code of vkp-operation-outcome-v090. */
export type VkpCode = keyof typeof DISPLAYS

/** Which code a refusal has: the code system is published, which code goes with which fault is assumed. */
const CODES: Readonly<Partial<Record<RuleId, VkpCode>>> = {
  'vkp-token-missing': '1.5',
  'vkp-token-scheme': '1.5',
  'vkp-scope': '1',
  'vkp-client-amr': '1.5',
  'vkp-id': '1.5',
  'vkp-organization': '2.2',
  'vkp-inactive': '1.1',
  'vkp-not-allowed': '1.2',
  'vkp-service-not-approved': '1.4',
  'vkp-service-codes': '2.3',
  'vkp-service-code-unknown': '2.4',
  'vkp-identity-number': '2.1',
  'vkp-parameter-count': '2.3',
  'vkp-parameter-format': '2.4',
  'vkp-body-type': '2',
  'vkp-type-not-forwarded': '2.4',
  'vkp-jft-refused': '2',
  'vkp-timed-out': '3.1',
  'vkp-json': '2.4',
  'http-body': '2.4',
  'http-encoding': '2.4',
  'identity-number-real': '2.1',
  'identity-number-synthetic': '2.1',
  'identity-number-invalid': '2.1',
  'sim-fault': '3',
  'sim-store': '3',
}

/** The code of an issue: the one that its evidence names, that of its rule, or 3 for what VKP does and 2 for what was sent. */
export function vkpCodeOf({ rule, evidence }: Issue): VkpCode {
  if (isCode(evidence?.vkpCode)) return evidence.vkpCode
  const code = CODES[rule]
  if (code !== undefined) return code
  if (rule.startsWith('token-')) return '1.5'
  return rule in VKP_RULES ? '3' : '2'
}

function isCode(value: unknown): value is VkpCode {
  return typeof value === 'string' && value in DISPLAYS
}

/** An OperationOutcome with VKP's code on each issue; `details.text` and `diagnostics` are both there, as samples read either. */
export function vkpOutcome(issues: readonly Issue[], service: Service): Record<string, unknown> {
  return operationOutcome(issues, service, (issue) => [codingOf(issue)])
}

function codingOf(issue: Issue): IssueCoding {
  const code = vkpCodeOf(issue)
  return { system: SYSTEM, code, display: DISPLAYS[code] }
}
