import type { Person } from '../../state/population.ts'

/** A person as a record system writes one down for others: FHIR R4, and no profile, since PIT's page names none. */
export interface PatientResource {
  readonly resourceType: 'Patient'
  readonly [name: string]: unknown
}

const CONTACT = { system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'C' }

/** The Patient that is handed over to PIT. How to get through the door is for those who visit, and is not in it. */
export function patientResource(person: Person): PatientResource {
  const { identityNumber, given, family, phone, gender, birthDate, deceased, movedAway } = person
  return {
    resourceType: 'Patient',
    identifier: [{ use: 'official', system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: identityNumber }],
    active: deceased === undefined && movedAway === undefined,
    name: [{ use: 'official', family, given: [given] }],
    telecom: [{ system: 'phone', value: phone, use: 'mobile' }],
    gender,
    birthDate,
    ...(deceased === undefined ? {} : { deceasedDateTime: deceased }),
    address: [addressOf(person)],
    contact: [contactOf(person)],
  }
}

function addressOf({ street, city, postalCode }: Person) {
  return { use: 'home', line: [street], city, postalCode, country: 'NO' }
}

function contactOf({ nextOfKin: { given, family, relation, phone } }: Person) {
  return {
    relationship: [{ coding: [CONTACT], text: relation }],
    name: { family, given: [given] },
    telecom: [{ system: 'phone', value: phone }],
  }
}
