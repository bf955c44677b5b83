/*
 * Valid FHIR R4 submissions in the sizes that journal events have, for the benchmarks. Persons are synthetic.
 */

const PATIENT = { reference: 'Patient/1', display: 'NONFIGURATIV HESTESKO', identifier: nin('02850097219') }
const AUTHOR = { reference: 'Practitioner/1', display: 'KRASS DALSIDE', identifier: nin('11845599620') }

function nin(value: string): Record<string, unknown> {
  return { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value }
}

function concept(system: string, code: string, display: string): Record<string, unknown> {
  return { coding: [{ system: `http://ehelse.no/fhir/CodeSystem/${system}`, code, display }], text: display }
}

function narrative(text: string): Record<string, unknown> {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>` }
}

function section(index: number): Record<string, unknown> {
  return {
    title: `Del ${index}`,
    code: concept('vkp-composition-section-v090', `section-${index}`, `Del ${index} av notatet`),
    text: narrative('Tjenestemottaker ble kontaktet på telefon og bekrefter at alt er i orden.'),
    entry: [{ reference: `Observation/${index}`, type: 'Observation' }],
  }
}

/** A clinical note of about 3 kB. */
export function composition(): Record<string, unknown> {
  return {
    resourceType: 'Composition',
    language: 'nb-NO',
    text: narrative('Oppfølging av varsel fra trygghetsalarm.'),
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' },
    status: 'final',
    type: concept('vkp-composition-type-v090', 'note', 'Notat'),
    category: [concept('vkp-composition-category-v090', 'alarm', 'Trygghetsalarm')],
    subject: PATIENT,
    date: '2026-05-26T10:06:17+02:00',
    author: [AUTHOR],
    title: 'Oppfølging av varsel',
    attester: [{ mode: 'professional', time: '2026-05-26T10:06:17.014+02:00', party: AUTHOR }],
    event: [
      {
        code: [concept('vkp-composition-event-v090', 'visit', 'Utrykning')],
        period: { start: '2026-05-26T09:50:00+02:00', end: '2026-05-26T10:05:00+02:00' },
      },
    ],
    section: [1, 2, 3].map(section),
  }
}

function observation(index: number): Record<string, unknown> {
  return {
    resourceType: 'Observation',
    id: `observation-${index}`,
    status: 'final',
    code: concept('vkp-observation-v090', `measurement-${index}`, 'Måling'),
    subject: PATIENT,
    effectiveDateTime: '2026-05-26T09:58:00+02:00',
    performer: [AUTHOR],
    valueQuantity: { value: 36.6 + index / 10, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
    note: [{ text: 'Målt hjemme av tjenesteyter.', time: '2026-05-26T09:58:00+02:00' }],
  }
}

function medicationDispense(index: number): Record<string, unknown> {
  return {
    resourceType: 'MedicationDispense',
    id: `dispense-${index}`,
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:c757873d-ec9a-4326-a141-55600000000${index}` }],
    status: 'completed',
    category: concept('vkp-medicationdispense-category-v090', 'home', 'Hjemme'),
    medicationCodeableConcept: { text: 'Multidose' },
    subject: PATIENT,
    performer: [{ actor: AUTHOR }],
    quantity: { value: 1, unit: 'pose' },
    whenHandedOver: '2026-05-26T08:00:00+02:00',
    dosageInstruction: [
      { text: 'En pose daglig', timing: { repeat: { boundsPeriod: { start: '2026-05-01' }, when: ['MORN'] } } },
    ],
  }
}

function entry(resource: Record<string, unknown>, index: number): Record<string, unknown> {
  return { fullUrl: `urn:uuid:c757873d-ec9a-4326-a141-5564323952${String(index).padStart(2, '0')}`, resource }
}

/** A document of about 14 kB: a note with the resources around it. */
export function bundle(): Record<string, unknown> {
  const resources = [
    composition(),
    {
      resourceType: 'Patient',
      id: '1',
      identifier: [nin('02850097219')],
      name: [{ family: 'HESTESKO', given: ['NONFIGURATIV'] }],
    },
    {
      resourceType: 'Practitioner',
      id: '1',
      identifier: [nin('11845599620')],
      name: [{ family: 'DALSIDE', given: ['KRASS'] }],
    },
    ...[1, 2, 3, 4, 5, 6, 7, 8].map(observation),
    ...[1, 2, 3, 4].map(medicationDispense),
  ]
  return {
    resourceType: 'Bundle',
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239521' },
    type: 'document',
    timestamp: '2026-05-26T10:06:17.014+02:00',
    entry: resources.map(entry),
  }
}
