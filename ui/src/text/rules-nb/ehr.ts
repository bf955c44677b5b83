import type { RuleTexts } from '../rule-text.ts'

/** The EHR stand-in. */
export const ehrRules = {
  'ehr-organization': {
    title: 'Organisasjonsnummeret i stien har ni sifre',
    fix: 'Sett kommunens organisasjonsnummer i stien.',
  },
  'ehr-nothing-found': {
    title: 'Et søk finner noe',
    fix: 'Søk etter personen, eller i datoene, som meldingen nevner.',
  },
  'ehr-service': {
    title: 'Pasienten har en aktiv tjeneste blant tjenestekodene i søket',
    fix: 'Send koden til en tjeneste pasienten har; et søk etter EpisodeOfCare viser dem.',
  },
} satisfies Partial<RuleTexts>
