import { isBlank, isOid, isUuid } from './literals.ts'

/** Whether `FhirUri.IsValidValue` takes a text: SDK 6 refuses blanks alone. */
export function isUri(value: string, sdk: 5 | 6): boolean {
  if (sdk === 6 && isBlank(value)) return false
  if (value.startsWith('urn:oid:')) return isOid(value)
  if (value.startsWith('urn:uuid:')) return isUuid(value)
  return isUrl(value)
}

export function isUrl(value: string): boolean {
  return !/^(?:https?|ftp):\/*$/i.test(value)
}
