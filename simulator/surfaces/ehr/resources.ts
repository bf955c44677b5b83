import type {
  ActionPlan,
  Allergy,
  Condition,
  Medication,
  Person,
  PersonService,
  ServiceCode,
} from '../../state/population.ts'

/** A resource as the EHR answers it. */
export type EhrResource = { readonly resourceType: string; readonly id: string } & Readonly<Record<string, unknown>>

const EHELSE = 'http://ehelse.no/fhir'
const STRUCTURE = `${EHELSE}/StructureDefinition`
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
/** Where the code systems are the EHR's own, which no profile names. */
const OWN = 'https://ehr.example'

const concept = (system: string, code: string, display?: string) => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
})

const identifierOf = ({ identityNumber }: Person) => ({
  system: 'urn:oid:2.16.578.1.12.4.1.4.1',
  value: identityNumber,
})

/** A logical reference, with the name as the guides ask for. */
const referenceTo = (person: Person) => ({
  identifier: identifierOf(person),
  display: `${person.given} ${person.family}`,
})

const extension = (url: string, valueString: string) => ({ url, valueString })
const profile = (name: string) => ({ profile: [`${STRUCTURE}/${name}`] })

const MARITAL_STATUS = { Married: 'M', 'Never Married': 'S', Widowed: 'W', Divorced: 'D' } as const

/** Patient (profile vkp-Patient-v090; VKP guide, "Patient"). */
export function patientOf(person: Person): EhrResource {
  const { id, given, family, gender, birthDate, deceased, maritalStatus, phone, nextOfKin, practitioner } = person
  return {
    resourceType: 'Patient',
    id,
    meta: profile('vkp-Patient-v090'),
    extension: [
      extension(`${STRUCTURE}/vkp-sone-v090`, person.zone),
      extension(`${STRUCTURE}/vkp-household-v090`, person.household),
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-nationality',
        extension: [{ url: 'code', valueCodeableConcept: concept('urn:iso:std:iso:3166', 'NO') }],
      },
    ],
    identifier: [{ use: 'official', ...identifierOf(person) }],
    name: [{ use: 'official', family, given: [given] }],
    telecom: [{ system: 'phone', value: phone, use: 'mobile' }],
    gender,
    birthDate,
    ...(deceased === undefined ? {} : { deceasedDateTime: deceased }),
    address: [addressOf(person)],
    maritalStatus: concept(`${TERMINOLOGY}/v3-MaritalStatus`, MARITAL_STATUS[maritalStatus], maritalStatus),
    contact: [
      {
        relationship: [{ ...concept(`${TERMINOLOGY}/v2-0131`, 'C', 'Emergency Contact'), text: nextOfKin.relation }],
        name: { family: nextOfKin.family, given: [nextOfKin.given] },
        telecom: [{ system: 'phone', value: nextOfKin.phone }],
      },
    ],
    communication: [{ language: concept('urn:ietf:bcp:47', 'nb'), preferred: true }],
    generalPractitioner: [
      {
        identifier: { system: 'urn:oid:2.16.578.1.12.4.1.2', value: practitioner.herId },
        display: practitioner.name,
      },
    ],
  }
}

/** The door's lock is an extension of the address, the way to the door one of its line (profile vkp-Address-v090). */
function addressOf({ street, doorHint, lock, city, postalCode }: Person) {
  const locator = 'http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-additionalLocator'
  return {
    ...(lock === undefined ? {} : { extension: [extension(`${STRUCTURE}/vkp-elock-v090`, lock)] }),
    use: 'home',
    type: 'physical',
    line: [street],
    _line: [{ extension: [extension(locator, doorHint)] }],
    city,
    postalCode,
  }
}

/** The EHR's own code and name of a service; 2.2.3 is that of VKP's example, the others are made up. */
const EHR_SERVICES: Readonly<Record<ServiceCode, readonly [code: string, name: string]>> = {
  rt: ['2.2.1', 'Responstjeneste'],
  ta: ['2.2.2', 'Trygghetsalarm'],
  md: ['2.2.3', 'Medisinering i hjemmet'],
  gps: ['2.2.4', 'Lokaliseringsteknologi'],
  dt: ['2.2.5', 'Digitalt tilsyn'],
  dho: ['2.2.6', 'Digital hjemmeoppfølging'],
}

/** EpisodeOfCare: one service of one patient (VKP guide, "EpisodeOfCare"; no profile is published). */
export function episodeOf(person: Person, { id, code, status, start, end }: PersonService): EhrResource {
  const [ehrCode, name] = EHR_SERVICES[code]
  return {
    resourceType: 'EpisodeOfCare',
    id,
    identifier: [{ system: `${OWN}/service-number`, value: id }],
    status,
    type: [{ ...concept(`${OWN}/service-code`, ehrCode, name), text: name }],
    patient: referenceTo(person),
    managingOrganization: { display: 'Eksempel kommune - Helse og omsorg' },
    period: { start, ...(end === undefined ? {} : { end }) },
  }
}

/** One planned or finished visit; times in milliseconds since the epoch. */
export interface PlannedVisit {
  readonly start: number
  readonly end: number
  readonly done: boolean
  readonly description: string
}

/** CarePlan of category 3: the visit plan (profile vkp-CarePlan-v090). */
export function visitPlanOf(person: Person, visits: readonly PlannedVisit[]): EhrResource {
  return {
    resourceType: 'CarePlan',
    id: `visit-plan-${person.id}`,
    meta: profile('vkp-CarePlan-v090'),
    status: 'active',
    intent: 'order',
    category: [concept(`${EHELSE}/CodeSystem/vkp-careplan-category-v090`, '3', 'besoksplan')],
    title: 'Besøksplan',
    subject: referenceTo(person),
    activity: visits.map(({ start, end, done, description }) => ({
      detail: {
        kind: 'Appointment',
        status: done ? 'completed' : 'scheduled',
        scheduledPeriod: { start: timeOf(start), end: timeOf(end) },
        description,
      },
    })),
  }
}

/** Composition of type 3: the action plan, a tree of sections (VKP guide, "Composition", retrieval). `date`: milliseconds. */
export function actionPlanOf(person: Person, { id, areas }: ActionPlan, date: number): EhrResource {
  return {
    resourceType: 'Composition',
    id,
    meta: profile('vkp-Composition-v090'),
    status: 'final',
    type: concept(`${OWN}/composition-type`, '3', 'tiltaksplan'),
    category: [concept(`${EHELSE}/CodeSystem/vkp-composition-category-v090`, '1', 'Trygghet og mestring')],
    subject: referenceTo(person),
    date: timeOf(date),
    author: [{ display: 'Eksempel kommune - Helse og omsorg' }],
    title: 'Tiltaksplan',
    section: areas.map(({ title, problem, goal, action, evaluation }) => ({
      title,
      section: [
        sectionOf('Problem/Ressurs', problem),
        sectionOf('Mål', goal),
        sectionOf('Tiltak', action),
        sectionOf('Evaluering', evaluation),
      ],
    })),
  }
}

function sectionOf(title: string, text: string) {
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`
  return { title, text: { status: 'additional', div } }
}

/** Condition. VKP has published no profile and no sample answer: the shape is base R4, and assumed. */
export function conditionOf(person: Person, { id, icpc2, name, recorded }: Condition): EhrResource {
  return {
    resourceType: 'Condition',
    id,
    clinicalStatus: concept(`${TERMINOLOGY}/condition-clinical`, 'active'),
    code: { ...concept('urn:oid:2.16.578.1.12.4.1.1.7170', icpc2, name), text: name },
    subject: referenceTo(person),
    recordedDate: recorded,
  }
}

/** AllergyIntolerance. The shape is assumed, as that of Condition. */
export function allergyOf(person: Person, { id, substance, category, criticality }: Allergy): EhrResource {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    clinicalStatus: concept(`${TERMINOLOGY}/allergyintolerance-clinical`, 'active'),
    category: [category],
    criticality,
    code: { text: substance },
    patient: referenceTo(person),
  }
}

/** MedicationStatement. The shape is assumed, as that of Condition. */
export function medicationOf(person: Person, { id, atc, name, product, dosage, start }: Medication): EhrResource {
  return {
    resourceType: 'MedicationStatement',
    id,
    status: 'active',
    medicationCodeableConcept: { ...concept('http://www.whocc.no/atc', atc, name), text: product },
    subject: referenceTo(person),
    effectivePeriod: { start },
    dosage: [{ text: dosage }],
  }
}

/** As a real answer of VKP's writes times: whole seconds, UTC with an offset. */
function timeOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+00:00`
}
