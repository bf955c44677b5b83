import { EVENT_TYPES, type EventType } from '../../ground/event-types.ts'

const PATIENT = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '02850097219' }
const AUTHOR = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '11845599620' }
const WHEN = '2026-01-01T08:00:00Z'

const NOTE = {
  resourceType: 'Composition',
  status: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '34133-9', display: 'Summary of episode note' }] },
  subject: { identifier: PATIENT, display: 'NONFIGURATIV HESTESKO' },
  date: WHEN,
  author: [{ identifier: AUTHOR, display: 'KRASS DALSIDE' }],
  title: 'Journalnotat for respons på hendelse',
  section: [
    {
      title: 'Notat',
      text: {
        status: 'additional',
        div: '<div xmlns="http://www.w3.org/1999/xhtml">Ringte bruker, alt i orden.</div>',
      },
    },
  ],
}

/** The first test person, as PIT takes it. */
export const SAMPLE_PATIENT = {
  resourceType: 'Patient',
  identifier: [PATIENT],
  name: [{ family: 'HESTESKO', given: ['NONFIGURATIV'] }],
  gender: 'female',
} as const

const DISPENSE = {
  resourceType: 'MedicationDispense',
  status: 'completed',
  medicationCodeableConcept: { text: 'Ukjent medisin' },
  subject: { identifier: PATIENT, display: 'NONFIGURATIV HESTESKO' },
  performer: [{ actor: { identifier: { system: 'https://dispenser.example/serial', value: 'D-1001' } } }],
  whenHandedOver: WHEN,
}

const SAMPLES: Readonly<Record<EventType, (uuid: string) => Readonly<Record<string, unknown>>>> = {
  Bundle: (uuid) => ({
    resourceType: 'Bundle',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid}` },
    type: 'document',
    timestamp: WHEN,
    entry: [{ fullUrl: `urn:uuid:${uuid}`, resource: NOTE }],
  }),
  Composition: () => NOTE,
  MedicationDispense: () => DISPENSE,
}

/** A small valid event of that type, for a first request; synthetic persons. `undefined`: not a type of JFT's. */
export function sampleEvent(type: string, uuid: string): Readonly<Record<string, unknown>> | undefined {
  const known = EVENT_TYPES.find((one) => one === type)
  return known && SAMPLES[known](uuid)
}
