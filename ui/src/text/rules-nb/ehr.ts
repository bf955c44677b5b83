import type { RuleTexts } from './rule-text.ts'

/** The EHR stand-in. */
export const ehrRules = {
  'ehr-organization': {
    title: 'Organisasjonsnummer uten ni sifre i stien',
    fix: 'Sett kommunens organisasjonsnummer i stien.',
  },
  'ehr-nothing-found': {
    title: 'Søk uten treff',
    fix: 'Søk etter personen, eller i datoene, som meldingen nevner.',
  },
  'ehr-service': {
    title: 'Pasient uten aktiv tjeneste blant tjenestekodene i søket',
    fix: 'Send koden til en tjeneste pasienten har; et søk etter EpisodeOfCare viser dem.',
  },
} satisfies Partial<RuleTexts>
