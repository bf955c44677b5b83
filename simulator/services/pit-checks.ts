import { issueOf } from '../rules/catalogue.ts'
import { type Body, type BodyCheck, type CheckSettings, checkSize, type Found } from './body-checks.ts'
import { identityNumbers, located, strictR4 } from './jft-checks.ts'

/** What PIT checks of a body, in its order: the first that finds something ends it. */
export const PIT_CHECKS: readonly BodyCheck[] = [
  ['body', (body, { assumptions }) => checkSize(body, assumptions.pitSizeLimitBytes)],
  ['fhir-r4', strictR4],
  ['resource-type', isPatient],
  ['identifiers', identity],
]

function isPatient({ text, resource }: Body): Found {
  const { resourceType = 'resource without a type' } = resource ?? {}
  if (resourceType === 'Patient') return { issues: [] }
  const message = `The body is a ${String(resourceType)}; PIT takes Patient.`
  return located(text, issueOf('pit-resource-type', message, { pointer: '/resourceType' }))
}

function identity(body: Body, settings: CheckSettings): Found {
  const found = identityNumbers(body, settings)
  return settings.assumptions.pitIdentityNumbers === 'as-jft' ? found : { ...found, issues: [] }
}
