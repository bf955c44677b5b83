import { findType } from '../fhir/table.ts'

/** A value of each primitive type, as JSON. */
const PRIMITIVE: Readonly<Record<string, string>> = {
  base64Binary: '"SGVp"',
  boolean: 'true',
  canonical: '"http://example.org/fhir/ValueSet/1"',
  code: '"nb"',
  date: '"2026-05-26"',
  dateTime: '"2026-05-26T10:06:17+02:00"',
  decimal: '36.6',
  id: '"c757873d-ec9a-4326-a141-556f43239520"',
  instant: '"2026-05-26T10:06:17.014+02:00"',
  integer: '1',
  integer64: '"1"',
  markdown: '"…"',
  oid: '"urn:oid:2.16.578.1.12.4.1.4.1"',
  positiveInt: '1',
  string: '"…"',
  time: '"10:06:17"',
  unsignedInt: '0',
  uri: '"urn:oid:2.16.578.1.12.4.1.4.1"',
  url: '"https://example.org/"',
  uuid: '"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"',
  xhtml: '"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">…</div>"',
}

/** A short value of the datatypes that journal events are made of, as JSON. */
const COMPLEX: Readonly<Record<string, string>> = {
  Address: '{ "text": "…" }',
  Annotation: '{ "text": "…" }',
  Attachment: '{ "contentType": "application/pdf", "data": "…" }',
  CodeableConcept: '{ "text": "…" }',
  Coding: '{ "system": "…", "code": "…" }',
  ContactPoint: '{ "system": "phone", "value": "…" }',
  Element: '{ "extension": [ … ] }',
  Extension: '{ "url": "…", "valueString": "…" }',
  HumanName: '{ "text": "…" }',
  Identifier: '{ "system": "…", "value": "…" }',
  Meta: '{ "profile": [ "…" ] }',
  Narrative: '{ "status": "generated", "div": "<div …>…</div>" }',
  Period: '{ "start": "2026-05-26T10:06:17+02:00" }',
  Quantity: '{ "value": 36.6, "unit": "…" }',
  Reference: '{ "display": "…" }',
  Resource: '{ "resourceType": "…", … }',
}

/** A JSON value of an R4 type, for a sentence; of rarer types with the mandatory elements, or the first. */
export function exampleOf(typeName: string): string {
  return PRIMITIVE[typeName] ?? COMPLEX[typeName] ?? objectOf(typeName)
}

function objectOf(typeName: string): string {
  const elements = findType(typeName)?.elements.filter(({ name }) => !INHERITED.has(name)) ?? []
  const mandatory = elements.filter((element) => element.mandatory)
  const shown = mandatory.length > 0 ? mandatory : elements.slice(0, 1)
  const members = shown.map(
    ({ name, choice, repeats }) => `"${name}${choice ? '[x]' : ''}": ${repeats ? '[ … ]' : '…'}`,
  )
  return `{ ${[...members, ...(elements.length > shown.length ? ['…'] : [])].join(', ')} }`
}

const INHERITED = new Set(['id', 'extension', 'modifierExtension'])
