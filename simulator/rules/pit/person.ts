import { identitySeries } from '../../ground/text/mask/series.ts'
import { isMembers, type Members } from '../finding.ts'
import { nationalIdentitySystems } from '../identifiers.ts'

/**
 * What PIT can know a patient by within a municipality: the national identity number (a fødselsnummer before a D-number
 * before a common help number), or else the first identifier with a system and a value. `undefined`: nothing names it.
 */
export function personOf(patient: Members): string | undefined {
  const identifiers = (Array.isArray(patient.identifier) ? patient.identifier : [])
    .filter(isMembers)
    .filter(({ use, system, value }) => use !== 'old' && typeof system === 'string' && typeof value === 'string')
  const national = nationalIdentitySystems
    .flatMap((system) => identifiers.filter((one) => one.system === system))
    .find(({ value }) => identitySeries(String(value)) !== 'invalid')
  const known = national ?? identifiers.find(({ system }) => !nationalIdentitySystems.includes(String(system)))
  return known && `${known.system}|${known.value}`
}
