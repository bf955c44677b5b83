import type { RobotEventKind } from './settings.ts'

/** Who and when an event is about. */
export interface EventScene {
  readonly patient: Someone
  readonly author: Someone
  /** ISO 8601 with an offset. */
  readonly time: string
  /** Organisation number. */
  readonly municipality: string
  /** Counts the events, so that they differ. */
  readonly number: number
  readonly uuid: () => string
}

/** A person by identity number and name. */
export interface Someone {
  readonly identityNumber: string
  readonly name: string
}

/** A FHIR resource. */
export type EventResource = { readonly resourceType: string } & Readonly<Record<string, unknown>>

const EHELSE = 'http://ehelse.no/fhir'
const NUMBER = 'urn:oid:2.16.578.1.12.4.1.4.1'

const codes = (name: string, code: string, display: string) => ({
  coding: [{ system: `${EHELSE}/CodeSystem/vkp-${name}-v090`, code, display }],
})
const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] })
const profile = (name: string) => ({ profile: [`${EHELSE}/StructureDefinition/vkp-${name}-v090`] })
const referenceTo = ({ identityNumber, name }: Someone) => ({
  identifier: { system: NUMBER, value: identityNumber },
  display: name,
})
const uuidIdentifier = (uuid: string) => ({ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid}` })

/** One event of each kind, as the VKP guide describes them; all are FHIR R4. */
export const EVENTS: Readonly<Record<RobotEventKind, (scene: EventScene) => EventResource>> = {
  note: (scene) =>
    noteOf(scene, { category: '2', section: '1', text: 'Pasienten ble ringt opp. Føler seg bedre enn i går.' }),
  alarm: (scene) =>
    documentOf(scene, { category: '1', section: '1.1', text: 'Svarte på toveis tale. Hjemmetjenesten varslet.' }, [
      alertOf(scene, { code: '3', display: 'Trygghetsalarm' }),
    ]),
  measurement,
  supervision: (scene) =>
    documentOf(scene, { category: '1', section: '1.1', text: 'Bruker ligger i sengen og sover.' }, [visitOf(scene)]),
  'form-answer': formAnswer,
  dispensing,
}

/** What differs between the notes of the kinds. */
interface Note {
  readonly category: '1' | '2'
  readonly section: '1' | '1.1'
  readonly text: string
}

const CATEGORIES = { '1': 'Trygghet og mestring', '2': 'Digital hjemmeoppfølging' } as const
const SECTIONS = { '1': 'notat', '1.1': 'beskrivelse av oppfølging' } as const

function noteOf(
  { patient, author, time }: EventScene,
  { category, section, text }: Note,
  entry?: string,
): EventResource {
  return {
    resourceType: 'Composition',
    meta: profile('Composition'),
    status: 'final',
    type: coded('http://loinc.org', '34133-9', 'Summary of episode note'),
    category: [codes('composition-category', category, CATEGORIES[category])],
    subject: referenceTo(patient),
    date: time,
    author: [referenceTo(author)],
    title: 'Journalnotat for respons på hendelse',
    event: [{ code: [codes('composition-event', '0', 'hendelse meldt')], period: { start: time } }],
    section: [
      {
        title: section === '1' ? 'Notat' : 'Oppfølging',
        code: codes('composition-section', section, SECTIONS[section]),
        text: { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>` },
        ...(entry === undefined ? {} : { entry: [{ reference: entry }] }),
      },
    ],
  }
}

/** A document Bundle: the note first, pointing at the first of the others (FHIR R4, bdl-9 to bdl-11). */
function documentOf(scene: EventScene, note: Note, others: readonly Entry[]): EventResource {
  const { uuid, time } = scene
  const [first] = others
  return {
    resourceType: 'Bundle',
    identifier: uuidIdentifier(uuid()),
    type: 'document',
    timestamp: time,
    entry: [entryOf(uuid(), noteOf(scene, note, first?.fullUrl)), ...others],
  }
}

interface Entry {
  readonly fullUrl: string
  readonly resource: EventResource
}

const entryOf = (uuid: string, resource: EventResource): Entry => ({ fullUrl: `urn:uuid:${uuid}`, resource })

/** What an alert is about, and what it points at. */
interface Alert {
  readonly code: string
  readonly display: string
  readonly severity?: 'high' | 'moderate'
  readonly implicated?: readonly string[]
}

function alertOf({ patient, time, uuid }: EventScene, { code, display, severity, implicated }: Alert): Entry {
  return entryOf(uuid(), {
    resourceType: 'DetectedIssue',
    meta: profile('DetectedIssue'),
    status: 'final',
    code: codes('alert-code', code, display),
    ...(severity === undefined ? {} : { severity }),
    patient: referenceTo(patient),
    identifiedDateTime: time,
    author: { display: 'Responsløsning (Eksempel)' },
    ...(implicated === undefined ? {} : { implicated: implicated.map((reference) => ({ reference })) }),
  })
}

/** An alert on a measured heart rate (VKP guide, digital home follow-up). */
function measurement(scene: EventScene): EventResource {
  const value = 150 + (scene.number % 20)
  const observation = entryOf(scene.uuid(), {
    ...observed(scene, coded('http://loinc.org', '8867-4', 'Heart rate'), value, { unit: '/min', code: '/min' }),
    category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs', 'Vital Signs')],
    interpretation: [
      coded('http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', 'HH', 'Critical high'),
    ],
    referenceRange: [{ low: { value: 50, unit: '/min' }, high: { value: 100, unit: '/min' } }],
  })
  const what = { code: '5.2.1', display: 'Måledata rapportert', severity: 'high' } as const
  const alert = alertOf(scene, { ...what, implicated: [observation.fullUrl] })
  const note = { category: '2', section: '1.1', text: 'Pasienten er kontaktet. Måler på nytt om en time.' } as const
  return documentOf(scene, note, [alert, observation])
}

function observed(
  { patient, time, municipality }: EventScene,
  code: object,
  value: number,
  unit: object,
): EventResource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code,
    subject: referenceTo(patient),
    effectiveDateTime: time,
    performer: [{ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: municipality } }],
    valueQuantity: { value, system: 'http://unitsofmeasure.org', ...unit },
  }
}

/** A form that a patient answered, with its score. */
function formAnswer(scene: EventScene): EventResource {
  const { patient, time, uuid, number } = scene
  const response = entryOf(uuid(), {
    resourceType: 'QuestionnaireResponse',
    meta: profile('QuestionnaireReponse'),
    questionnaire: 'https://response-centre.example/Questionnaire/egenrapport',
    status: 'completed',
    subject: referenceTo(patient),
    authored: time,
    item: [
      { linkId: '1', text: 'Er du mer tungpustet enn vanlig?', answer: [{ valueString: 'Ja, litt' }] },
      { linkId: '2', text: 'Har du feber?', answer: [{ valueBoolean: number % 2 === 0 }] },
    ],
  })
  const code = coded('http://loinc.org', '74465-6', 'Questionnaire response Document')
  const score = entryOf(uuid(), observed(scene, code, number % 10, { unit: 'poeng', code: '{score}' }))
  const what = { code: '5.2.2', display: 'Skjemabesvarelse', severity: 'moderate' } as const
  const alert = alertOf(scene, { ...what, implicated: [response.fullUrl, score.fullUrl] })
  return documentOf(scene, { category: '2', section: '1.1', text: 'Svar vurdert. Ingen tiltak.' }, [
    alert,
    response,
    score,
  ])
}

/** A planned digital supervision, by camera. */
function visitOf({ patient, author, time, uuid }: EventScene): Entry {
  return entryOf(uuid(), {
    resourceType: 'Encounter',
    meta: profile('digital-Encounter'),
    identifier: [uuidIdentifier(uuid())],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR', display: 'virtual' },
    subject: referenceTo(patient),
    participant: [
      {
        type: [codes('encounter-mode', '0', 'bildetilsyn anonymisert')],
        period: { start: time },
        individual: referenceTo(author),
      },
    ],
    period: { start: time },
    reasonCode: [codes('encounter-reason', '1', 'planlagt tilsyn')],
    location: [{ location: { display: 'Soverom @ Eksempelveien 1' } }],
  })
}

/** A dose that a dispenser handed out: one resource, no Bundle. */
function dispensing({ patient, time, uuid, number }: EventScene): EventResource {
  const serial = String(1_000 + (number % 9_000))
  return {
    resourceType: 'MedicationDispense',
    meta: profile('MedicationDispense'),
    identifier: [uuidIdentifier(uuid())],
    status: 'completed',
    category: codes('medicationdispense-events', '1.1', 'medisin utlevert uassistert'),
    medicationCodeableConcept: { text: 'Ukjent medisin' },
    subject: referenceTo(patient),
    performer: [
      {
        actor: {
          identifier: { system: 'https://dispenser.example/serial', value: serial },
          display: 'Medisindispenser',
        },
      },
    ],
    whenHandedOver: time,
  }
}
