import { SUBMISSION_TYPES, type SubmissionType } from '../ground/event-types.ts'
import { issueOf } from '../rules/catalogue.ts'
import { correct } from '../rules/fhir/correct.ts'
import { validateLenient } from '../rules/fhir/lenient.ts'
import { isMembers } from '../rules/finding.ts'
import type { Issue } from '../rules/issue.ts'
import { locateIssues } from '../rules/json/locate.ts'
import { type Body, type BodyCheck, type CheckSettings, checkSize, type Found } from './body-checks.ts'

/** Bytes of a submission. VKP names no limit; this one keeps the simulator's memory. */
export const VKP_SIZE_LIMIT = 16 * 1024 * 1024

/**
 * What VKP checks of a submission, in its order: the first that finds something ends it. The one list for the endpoint, for
 * the verdicts in refusals, and for `jftsim check`.
 */
export const VKP_CHECKS: readonly BodyCheck[] = [
  ['body', (body) => checkSize(body, VKP_SIZE_LIMIT)],
  ['lenient-r4', lenientR4],
  ['lenient-r4', profile],
  ['resource-type', resourceType],
]

function lenientR4({ text }: Body): Found {
  const { resource, issues } = validateLenient(text)
  return { issues, resource: isMembers(resource) ? resource : null }
}

const ROOT_TYPE = { pointer: '/resourceType' }

function resourceType({ text, resource, endpoint }: Body): Found {
  const sent = String(resource?.resourceType ?? 'resource without a type')
  const types: readonly string[] = endpoint === undefined ? SUBMISSION_TYPES : [endpoint]
  if (types.some((type) => type.toLowerCase() === sent.toLowerCase())) return { issues: [] }
  const mismatch = `The body is a ${sent}, and the path is for ${endpoint}.`
  const issue =
    endpoint === undefined ? unknownEndpoint(sent, ROOT_TYPE) : issueOf('vkp-body-type', mismatch, ROOT_TYPE)
  return { issues: locateIssues(text, [issue]) }
}

/** A resource type that VKP has no submission endpoint for. */
export function unknownEndpoint(type: string, place: { readonly pointer?: string } = {}): Issue {
  const message = `VKP has no submission endpoint for ${JSON.stringify(type)}; it takes ${SUBMISSION_TYPES.join(', ')}.`
  return issueOf('vkp-endpoint-type', message, place)
}

/** Elements that VKP's profiles ask for and R4 does not, those that its historic negative tests were about. */
const PROFILE_ELEMENTS: Readonly<Partial<Record<string, readonly string[]>>> = {
  Composition: ['category'],
  MedicationDispense: ['category', 'performer'],
} satisfies Partial<Record<SubmissionType, readonly string[]>>

/** Looks at what VKP would forward: an element that is there and empty counts as missing. */
function profile({ text }: Body, { assumptions }: CheckSettings): Found {
  if (assumptions.vkpProfileCheck !== 'reject') return { issues: [] }
  const { resource } = correct(text)
  const members = isMembers(resource) ? resource : {}
  const type = String(members.resourceType)
  const missing = (PROFILE_ELEMENTS[type] ?? []).filter((name) => members[name] === undefined)
  return {
    issues: missing.map((name) => {
      const place = { expression: `${type}.${name}`, pointer: `/${name}` }
      return issueOf('vkp-profile-element', `The profile vkp-${type}-v090 makes ${type}.${name} mandatory.`, place)
    }),
  }
}
