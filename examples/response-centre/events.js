// @ts-check
import { randomUUID } from 'node:crypto'

/** @typedef {import('fhir/r4.js').Composition | import('fhir/r4.js').Bundle | import('fhir/r4.js').MedicationDispense} Event */

/** A synthetic person. */
const PATIENT = {
  identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '02850097219' },
  display: 'NONFIGURATIV HESTESKO',
}
const AUTHOR = { display: 'Example response centre' }

/** Notes, alarms and doses in turn, each with an identifier of its own. */
const KINDS = [note, alarm, dose]

/**
 * @param {number} count
 * @returns {Event[]}
 */
export function makeEvents(count) {
  return Array.from({ length: count }, (_, index) => (KINDS[index % KINDS.length] ?? note)())
}

/**
 * By which the sender knows its event again.
 * @param {Event} event
 */
export function identifierOf({ identifier }) {
  return [identifier].flat()[0]?.value
}

/** A free-standing note. */
function note() {
  return noteOf('The patient was called, and feels better than yesterday.')
}

/**
 * An alarm: a document with the note about it, and the alarm itself.
 * @returns {import('fhir/r4.js').Bundle}
 */
function alarm() {
  const fullUrl = `urn:uuid:${randomUUID()}`
  const time = new Date().toISOString()
  /** @type {import('fhir/r4.js').DetectedIssue} */
  const alert = {
    resourceType: 'DetectedIssue',
    status: 'final',
    code: vkpConcept('alert-code', '3', 'Trygghetsalarm'),
    patient: PATIENT,
    identifiedDateTime: time,
  }
  return {
    resourceType: 'Bundle',
    identifier: newIdentifier(),
    type: 'document',
    timestamp: time,
    entry: [
      { fullUrl: `urn:uuid:${randomUUID()}`, resource: noteOf('Answered by two-way speech. All is well.', fullUrl) },
      { fullUrl, resource: alert },
    ],
  }
}

/**
 * What a medicine dispenser handed out.
 * @returns {import('fhir/r4.js').MedicationDispense}
 */
function dose() {
  return {
    resourceType: 'MedicationDispense',
    identifier: [newIdentifier()],
    status: 'completed',
    category: vkpConcept('medicationdispense-events', '1.1', 'medisin utlevert uassistert'),
    medicationCodeableConcept: { text: 'Ukjent medisin' },
    subject: PATIENT,
    performer: [{ actor: { display: 'Example dispenser' } }],
    whenHandedOver: new Date().toISOString(),
  }
}

/**
 * @param {string} text
 * @param {string} [about] the entry that the note is about
 * @returns {import('fhir/r4.js').Composition}
 */
function noteOf(text, about) {
  const date = new Date().toISOString()
  const section = {
    code: vkpConcept('composition-section', '1', 'notat'),
    text: {
      status: /** @type {const} */ ('additional'),
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`,
    },
  }
  return {
    resourceType: 'Composition',
    identifier: newIdentifier(),
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '34133-9', display: 'Summary of episode note' }] },
    category: [vkpConcept('composition-category', '1', 'Trygghet og mestring')],
    subject: PATIENT,
    date,
    author: [AUTHOR],
    title: 'Journalnotat for respons på hendelse',
    section: [about === undefined ? section : { ...section, entry: [{ reference: about }] }],
  }
}

function newIdentifier() {
  return { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` }
}

/**
 * @param {string} name of one of VKP's code systems
 * @param {string} code
 * @param {string} display
 */
function vkpConcept(name, code, display) {
  return { coding: [{ system: `http://ehelse.no/fhir/CodeSystem/vkp-${name}-v090`, code, display }] }
}
