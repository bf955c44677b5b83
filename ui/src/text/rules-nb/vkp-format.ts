import { SUBMISSION_TYPES } from '../../../../simulator/ground/event-types.ts'
import { enumerated } from '../../../../simulator/ground/text/enumerate.ts'
import type { RuleTexts } from './rule-text.ts'

/** VKP's lenient parser. */
export const vkpFormatRules = {
  'vkp-json': {
    title: 'Innhold som VKP ikke kan lese som JSON',
    fix: 'Send det et JSON-bibliotek skriver.',
  },
  'vkp-resource-type': {
    title: 'Ressurs uten ressurstype i R4',
    fix: 'Legg resourceType, med navnet på en ressurstype i R4, i ressursen.',
  },
  'vkp-resource-type-unexpected': {
    title: 'resourceType der ingen ressurs hører hjemme',
    fix: 'Fjern resourceType fra datatypen, eller flytt ressursen til et sted der en ressurs hører hjemme.',
  },
  'vkp-unknown-element': {
    title: 'Ukjent element, eller et kjent med feil store og små bokstaver',
    fix: 'Fjern egenskapen, rett navnet, eller flytt verdien til en extension.',
  },
  'vkp-choice-type': {
    title: 'Choice-element med feil type i navnet, eller uten type',
    fix: 'Gi egenskapen navn etter elementet og en av typene, for eksempel valueString.',
  },
  'vkp-must-not-repeat': {
    title: 'Flere verdier der én hører hjemme',
    fix: 'Send bare én verdi.',
  },
  'vkp-value-not-allowed': {
    title: 'Enkel verdi der et objekt hører hjemme',
    fix: 'Send et objekt med delene til typen.',
  },
  'vkp-object-not-allowed': {
    title: 'id på et element, eller url på en extension, uten verdi',
    fix: 'Send en streng.',
  },
  'vkp-companion': {
    title: 'Egenskap med _ som ikke er et objekt, eller deler i både name og _name',
    fix: 'Send et objekt med id eller extension i _name, og verdien i name.',
  },
  'vkp-literal': {
    title: 'Verdi som ikke kan leses som typen sin',
    fix: 'Skriv verdien på typens form: datoer som YYYY-MM-DD, tall med punktum.',
  },
  'vkp-code': {
    title: 'Kode utenfor verdisettet til en påkrevd binding',
    fix: 'Bruk en av kodene i verdisettet, nøyaktig slik den står der.',
  },
  'vkp-endpoint-type': {
    title: 'Ressurstype uten endepunkt for innsending hos VKP',
    fix: `Send en ${enumerated(SUBMISSION_TYPES, 'eller')}.`,
  },
  'vkp-profile-element': {
    title: 'Element som VKP-profilen gjør obligatorisk, mangler',
    fix: 'Send elementet: Composition.category, MedicationDispense.category og .performer.',
  },
  'vkp-not-forwarded': {
    title: 'Godtatt av VKP, men ikke sendt videre til JFT',
    fix: 'Rett feilene som VKP finner.',
  },
} satisfies Partial<RuleTexts>
