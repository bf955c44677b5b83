import type { EventType } from '../../ground/event-types.ts'
import type { Members } from '../../rules/finding.ts'
import { objectsAt, textAt } from './pick.ts'

/**
 * What the users of an EHR see of an event: plain text, in the order of a note that NHN has shown (HL7 Norway, FHIR faglig
 * forum, 05.02.2025): the alert, the measurements, what was done, the signature. Real EHRs differ; the wording is assumed.
 * Takes any JSON object.
 */
export function noteText(resource: Members): string {
  const resources = [resource, ...objectsAt(resource, 'entry.resource')]
  const lines = Object.entries(RENDERERS).flatMap(([type, render]) =>
    resources.filter(({ resourceType }) => resourceType === type).flatMap(render),
  )
  return lines.filter((line) => line !== '').join('\n')
}

type Render = (resource: Members) => readonly string[]

/** What is inside a Bundle has lines of its own. In the order of a note. */
const RENDERERS: Readonly<Record<Exclude<EventType, 'Bundle'> | Clinical, Render>> = {
  DetectedIssue: alertLines,
  MedicationDispense: dispenseLines,
  Encounter: encounterLines,
  Observation: observationLines,
  QuestionnaireResponse: answerLines,
  Communication: (one) => [sentence(textAt(one, 'payload.contentString'), at(textAt(one, 'sent')))],
  Composition: compositionLines,
}

/** What a Bundle may hold besides. */
type Clinical = 'DetectedIssue' | 'Encounter' | 'Observation' | 'QuestionnaireResponse' | 'Communication'

function alertLines(issue: Members): string[] {
  const what = textAt(issue, 'code.text', 'code.coding.display', 'code.coding.code')
  const when = at(textAt(issue, 'identifiedDateTime', 'identifiedPeriod.start'))
  const missing = objectsAt(issue, 'implicated.identifier').map((one) => textAt(one, 'value'))
  return [
    sentence(named(textAt(issue, 'author.display'), what), when),
    ...missing.map((name) => sentence(`Gjelder: ${name}`)),
  ]
}

function dispenseLines(dispense: Members): string[] {
  const what = textAt(dispense, 'category.coding.display', 'category.text', 'category.coding.code')
  const device = textAt(dispense, 'performer.actor.display')
  return [
    sentence(named(device, what || 'Medisin utlevert'), at(textAt(dispense, 'whenHandedOver'))),
    sentence(textAt(dispense, 'dosageInstruction.text')),
  ]
}

function encounterLines(encounter: Members): string[] {
  const mode = textAt(encounter, 'participant.type.coding.display', 'participant.type.coding.code')
  const reason = textAt(encounter, 'reasonCode.coding.display', 'reasonCode.text')
  const place = textAt(encounter, 'location.location.display')
  const when = at(textAt(encounter, 'period.start', 'participant.period.start'))
  return [sentence([reason || 'Tilsyn', mode, place].filter(Boolean).join(', '), when)]
}

function observationLines(observation: Members): string[] {
  const parts = objectsAt(observation, 'component')
  const values = [observation, ...parts].flatMap((one) => valueLine(one))
  const ranges = objectsAt(observation, 'referenceRange').map(
    (range) => `${textAt(range, 'low.value')} - ${textAt(range, 'high.value')}`,
  )
  const comment = textAt(observation, 'note.text')
  return [
    ...values,
    ...(ranges.length === 0 ? [] : [sentence(`Referanseområder: ${ranges.join('; ')}`)]),
    sentence(comment),
  ]
}

function valueLine(observed: Members): string[] {
  const value = textAt(observed, 'valueQuantity.value', 'valueString', 'valueInteger', 'valueCodeableConcept.text')
  if (value === '') return []
  const name = textAt(observed, 'code.text', 'code.coding.display', 'code.coding.code')
  return [sentence(`${name}: ${[value, textAt(observed, 'valueQuantity.unit')].filter(Boolean).join(' ')}`)]
}

function answerLines(response: Members): string[] {
  const name = textAt(response, '_questionnaire.extension.valueString', 'questionnaire')
  const answers = objectsAt(response, 'item').map((item) => {
    const answer = ANSWER_TYPES.map((type) => textAt(item, `answer.${type}`)).find(Boolean) ?? ''
    return `- ${textAt(item, 'text', 'linkId')}: ${answer}`
  })
  return [sentence(named('Skjema', name), at(textAt(response, 'authored'))), ...answers]
}

const ANSWER_TYPES = ['valueString', 'valueBoolean', 'valueInteger', 'valueDecimal', 'valueDate', 'valueCoding.display']

function compositionLines(composition: Members): string[] {
  const happened = objectsAt(composition, 'event').map((event) => {
    const detail = textAt(event, 'code.text')
    const what = textAt(event, 'code.coding.display', 'code.coding.code')
    return sentence([what, detail].filter(Boolean).join(': '), at(textAt(event, 'period.start')))
  })
  const signature = textAt(composition, 'author.display', 'author.identifier.value')
  return [...happened, ...sectionLines(composition), signature === '' ? '' : `Signatur: ${signature}`]
}

/** Sections inside sections, as deep as a note is read. */
const SECTION_DEPTH = 10

function sectionLines(owner: Members, depth = 1): string[] {
  return objectsAt(owner, 'section').flatMap((section) => [
    [textAt(section, 'title'), withoutMarkup(textAt(section, 'text.div'))].filter(Boolean).join(': '),
    ...(depth < SECTION_DEPTH ? sectionLines(section, depth + 1) : []),
  ])
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' }

function withoutMarkup(xhtml: string): string {
  return xhtml
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
}

const named = (name: string, text: string) => [name, text].filter(Boolean).join(': ')

/** `2026-03-02T08:35:32+01:00` as ` 02.03. kl. 08:35`, in the time of whoever wrote it. */
function at(time: string): string {
  const match = /^\d{4}-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(time)
  if (!match) return ''
  const [, month, day, clock] = match
  return ` ${day}.${month}.${clock === undefined ? '' : ` kl. ${clock}`}`
}

function sentence(text: string, when = ''): string {
  const whole = `${text}${when}`.trim()
  return whole === '' || /[.!?]$/.test(whole) ? whole : `${whole}.`
}
