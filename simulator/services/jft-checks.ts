import { EVENT_TYPES } from '../ground/event-types.ts'
import { suggest } from '../ground/text/suggest.ts'
import { issueOf } from '../rules/catalogue.ts'
import { strictOptions, validateStrict } from '../rules/fhir/strict.ts'
import { isMembers, type Members } from '../rules/finding.ts'
import { checkIdentityNumbers } from '../rules/identifiers.ts'
import type { Issue } from '../rules/issue.ts'
import { locateIssues } from '../rules/json/locate.ts'
import { type Body, type BodyCheck, type CheckSettings, checkSize, type Found } from './body-checks.ts'

/**
 * What the WriteAPI checks of a body, in its order: the first that finds something ends it. The one list for the endpoint,
 * for the verdicts in its refusals, and for `jftsim check`.
 */
export const JFT_CHECKS: readonly BodyCheck[] = [
  ['body', (body, { assumptions }) => checkSize(body, assumptions.sizeLimitBytes)],
  ['fhir-r4', strictR4],
  ['resource-type', resourceType],
  ['resource-type', bundleType],
  ['resource-type', dispenseStatus],
  ['identifiers', identityNumbers],
]

/** Whether the text is FHIR R4. Nothing but a JSON object can be stored, whichever rules are switched off. */
export function strictR4({ text }: Body, { assumptions }: CheckSettings): Found {
  const { resource, issues, more = 0 } = validateStrict(text, strictOptions(assumptions))
  return { issues, more, resource: isMembers(resource) ? resource : null }
}

const ROOT_TYPE = { pointer: '/resourceType' }

function resourceType({ text, resource, endpoint }: Body): Found {
  const sent = String(resource?.resourceType ?? 'resource without a type')
  if (!EVENT_TYPES.some((type) => isSameType(type, endpoint ?? sent))) {
    return located(text, unknownEndpoint(endpoint ?? sent, endpoint === undefined ? ROOT_TYPE : {}))
  }
  if (isSameType(endpoint ?? sent, sent)) return { issues: [] }
  const message = `The body is a ${sent}, and the path is for ${endpoint}.`
  return located(text, issueOf('jft-resource-type', message, ROOT_TYPE))
}

/** A resource type that JFT has no endpoint for. */
export function unknownEndpoint(type: string, place: { readonly pointer?: string } = {}): Issue {
  const takes = `It takes ${EVENT_TYPES.join(', ')}.`
  const message = `JFT has no endpoint for ${JSON.stringify(type)}. ${suggest(type, EVENT_TYPES, takes)}`
  return issueOf('jft-endpoint-type', message, place)
}

function bundleType({ text, resource, endpoint }: Body, { assumptions }: CheckSettings): Found {
  const { resourceType: sent, type = 'missing' } = resource ?? {}
  if (!isSameType('Bundle', endpoint ?? String(sent)) || type === 'document') return { issues: [] }
  const place = { pointer: '/type', expression: 'Bundle.type' }
  const issue = issueOf('jft-bundle-type', `Bundle.type is ${type}; NHN's example is a document.`, place)
  if (assumptions.bundleType === 'document') return located(text, { ...issue, severity: 'error' })
  return { issues: [], notes: [issue] }
}

/** A dispense that came to nothing, by the codes of R4 (MedicationDispense.status). */
const UNSUCCESSFUL = ['cancelled', 'stopped', 'declined', 'entered-in-error']

/** Whether each dispense, alone or in a Bundle, was a successful one. */
function dispenseStatus({ text, resource }: Body): Found {
  const notes = dispensesIn(resource).flatMap(({ dispense, pointer }) => {
    const status = String(dispense.status)
    if (!UNSUCCESSFUL.includes(status)) return []
    const message = `The MedicationDispense is ${status}; JFT is for successful dispensing.`
    return [
      issueOf('jft-dispense-status', message, { pointer: `${pointer}/status`, expression: expressionOf(pointer) }),
    ]
  })
  return { issues: [], notes: locateIssues(text, notes) }
}

function dispensesIn(resource: unknown): { readonly dispense: Members; readonly pointer: string }[] {
  if (!isMembers(resource)) return []
  const { resourceType, entry } = resource
  if (resourceType === 'MedicationDispense') return [{ dispense: resource, pointer: '' }]
  if (resourceType !== 'Bundle' || !Array.isArray(entry)) return []
  return entry.flatMap((one: unknown, at) =>
    dispensesIn(isMembers(one) ? one.resource : undefined).map(({ dispense, pointer }) => ({
      dispense,
      pointer: `/entry/${at}/resource${pointer}`,
    })),
  )
}

/** As FHIRPath, from the root resource. */
function expressionOf(pointer: string): string {
  if (pointer === '') return 'MedicationDispense.status'
  return `Bundle${pointer.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.')}.status`
}

/** Whether the identity numbers are of the series that the environment takes. */
export function identityNumbers({ text, resource }: Body, { environment, assumptions }: CheckSettings): Found {
  const { issues, more, found } = checkIdentityNumbers(resource, { environment, ...assumptions })
  if (issues.length + more > 0) return { ...located(text, issues), more }
  return { issues, notes: found === 0 ? [issueOf('jft-no-identity-number', NO_NUMBER)] : [] }
}

const NO_NUMBER = 'No identifier in the resource is a national identity number.'

/** Found at that place of the text. */
export function located(text: string, issues: Issue | readonly Issue[]): Found {
  return { issues: locateIssues(text, [issues].flat()) }
}

function isSameType(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
