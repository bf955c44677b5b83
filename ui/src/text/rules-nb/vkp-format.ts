import type { RuleTexts } from '../rule-text.ts'

/** VKP's lenient parser. */
export const vkpFormatRules = {
  'vkp-json': {
    title: 'Innholdet kan leses som JSON, med de frihetene Newtonsoft.Json gir',
    fix: 'Send det et JSON-bibliotek skriver.',
  },
  'vkp-resource-type': {
    title: 'Hver ressurs oppgir hvilken ressurstype i R4 den er',
    fix: 'Legg resourceType, med navnet på en ressurstype i R4, i ressursen.',
  },
  'vkp-resource-type-unexpected': {
    title: 'Bare ressurser har resourceType',
    fix: 'Fjern resourceType fra datatypen, eller flytt ressursen til et sted der en ressurs hører hjemme.',
  },
  'vkp-unknown-element': {
    title: 'Hver egenskap er et element i sin type, med samme store og små bokstaver',
    fix: 'Fjern egenskapen, rett navnet, eller flytt verdien til en extension.',
  },
  'vkp-choice-type': {
    title: 'Et choice-element har navn etter en av typene sine',
    fix: 'Gi egenskapen navn etter elementet og en av typene, for eksempel valueString.',
  },
  'vkp-must-not-repeat': {
    title: 'Et element som ikke kan gjentas, har én verdi, og et choice-element én type',
    fix: 'Send bare én verdi.',
  },
  'vkp-value-not-allowed': {
    title: 'Et element med deler er et objekt, eller en liste av objekter',
    fix: 'Send et objekt med delene til typen.',
  },
  'vkp-object-not-allowed': {
    title: 'id på et element og url på en extension har en verdi',
    fix: 'Send en streng.',
  },
  'vkp-companion': {
    title: 'En egenskap med _ er et objekt, og bare én av name og _name har deler',
    fix: 'Send et objekt med id eller extension i _name, og verdien i name.',
  },
  'vkp-literal': {
    title: 'En verdi kan leses som typen sin',
    fix: 'Skriv verdien på typens form: datoer som YYYY-MM-DD, tall med punktum.',
  },
  'vkp-code': {
    title: 'En kode med påkrevd binding er fra verdisettet',
    fix: 'Bruk en av kodene i verdisettet, nøyaktig slik den står der.',
  },
  'vkp-endpoint-type': {
    title: 'Ressursen er av en type som VKP har et endepunkt for innsending av',
    fix: 'Send en Bundle, Composition, MedicationDispense, Encounter eller Communication.',
  },
  'vkp-profile-element': {
    title: 'Et element som VKP-profilen gjør obligatorisk, er med',
    fix: 'Send elementet: Composition.category, MedicationDispense.category og .performer.',
  },
  'vkp-not-forwarded': {
    title: 'JFT får det VKP godtar',
    fix: 'Rett feilene som VKP finner.',
  },
} satisfies Partial<RuleTexts>
