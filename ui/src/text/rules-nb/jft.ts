import { EVENT_TYPES } from '../../../../simulator/ground/event-types.ts'
import { enumerated } from '../../../../simulator/ground/text/enumerate.ts'
import type { RuleTexts } from './rule-text.ts'

/** JFT's WriteAPI and ReadAPI. */
export const jftRules = {
  'jft-municipality': {
    title: 'Tilgangstoken uten kommunen i orgnr_parent',
    fix: 'Send organisasjonsstrukturen med hovedenheten i assertion_details når du ber HelseID om et token, eller bruk en single-tenant-klient.',
  },
  'organization-number-real': {
    title: 'Ekte organisasjonsnummer i Test',
    fix: 'Be om et token for en syntetisk kommune, for eksempel 313231593 eller 312229544. Bare orgnr_supplier kan være ekte i Test.',
  },
  'organization-number-synthetic': {
    title: 'Syntetisk organisasjonsnummer i Produksjon',
    fix: 'Bruk testmiljøet for syntetiske organisasjoner.',
  },
  'organization-number-invalid': {
    title: 'Ugyldig organisasjonsnummer i et claim',
    fix: 'Se etter et siffer på feil plass i nummeret.',
  },
  'identity-number-real': {
    title: 'Ekte fødselsnummer i Test',
    fix: 'Bruk en syntetisk person, for eksempel fra SyntPop: måned +80 eller +65. Testpersoner fra andre tjenester kan ha ekte numre: JFT dokumenterer bare syntetiske. Nummeret er maskert her.',
  },
  'identity-number-synthetic': {
    title: 'Syntetisk fødselsnummer i Produksjon',
    fix: 'Bruk testmiljøet for syntetiske personer.',
  },
  'identity-number-invalid': {
    title: 'Ugyldig fødselsnummer',
    fix: 'Bruk et gyldig syntetisk nummer, for eksempel 02850097219, eller et annet identifikatorsystem for andre numre.',
  },
  'identity-number-masked': {
    title: 'Mulig ekte fødselsnummer, maskert før lagring',
    fix: 'Bruk en syntetisk person. Er tallet noe annet, for eksempel en konto eller et parti, bruk et annet i test.',
  },
  'jft-resource-type': {
    title: 'Ressurs av en annen type enn stien',
    fix: 'Send ressursen til stien for sin egen type.',
  },
  'jft-endpoint-type': {
    title: `Ressurstype uten eget endepunkt: bare ${enumerated(EVENT_TYPES, 'og')}`,
    fix: 'Send andre ressurstyper i en Bundle.',
  },
  'pit-resource-type': {
    title: 'Innhold som ikke er en Patient',
    fix: 'Send én Patient i hver forespørsel.',
  },
  'jft-bundle-type': {
    title: 'Bundle som ikke er et dokument',
    fix: 'Sett Bundle.type til document, med identifier, timestamp og Composition som første entry.',
  },
  'jft-dispense-status': {
    title: 'MedicationDispense for noe som ikke ble utlevert',
    fix: 'Send det som ikke ble utlevert, som et notat eller en alarm; MedicationDispense er for det som ble det.',
  },
  'jft-no-identity-number': {
    title: 'Pasient uten fødselsnummer',
    fix: 'Sett subject.identifier med systemet urn:oid:2.16.578.1.12.4.1.4.1.',
  },
  'jft-source-system': {
    title: 'Manglende, for kort eller for lang nhn-source-system',
    fix: 'Send navn og versjon på systemet ditt, for eksempel "Bruno V0.1.2".',
  },
  'jft-event-unknown': {
    title: 'Ukjent hendelse, eller en av en annen type eller kommune',
    fix: 'Bruk typen og id-en fra Location-headeren eller fra et søk, med et token for samme kommune.',
  },
  'jft-duplicate': {
    title: 'Samme innhold sendt inn to ganger',
    fix: 'Følg statusen til den første innsendingen i stedet for å sende på nytt.',
  },
  'jft-acknowledge-role': {
    title: 'Kvittering fra den som selv sendte inn',
    fix: 'Kvitter som journalsystem.',
  },
  'jft-acknowledge-unread': {
    title: 'Kvittering for en hendelse som ingen har lest',
    fix: 'Søk etter hendelsen først.',
  },
  'jft-rate': {
    title: 'For mange forespørsler per minutt',
    fix: 'Vent det antallet sekunder som står i Retry-After.',
  },
  'search-parameter': {
    title: 'Ukjent søkeparameter',
    fix: 'Bruk bare de dokumenterte parameterne; navnene skiller mellom store og små bokstaver.',
  },
  'search-count': {
    title: '_count som ikke er et heltall, eller utenfor de tillatte sidestørrelsene',
    fix: 'Be om en side på 1 til 50 hendelser, og følg next.',
  },
  'search-sort': {
    title: '_sort etter noe annet enn _lastUpdated',
    fix: 'Bruk _sort=_lastUpdated eller _sort=-_lastUpdated.',
  },
  'search-last-updated': {
    title: 'Ugyldig _lastUpdated',
    fix: 'Skriv _lastUpdated=ge2026-01-01T12:00Z; + i tidssonen må sendes som %2B.',
  },
  'search-tag': {
    title: 'Ukjent tagg i _tag',
    fix: 'Bruk taggen i innstillingen acknowledgedTag, eller sett innstillingen til den taggen NHN har gitt deg.',
  },
  'search-cursor': {
    title: 'Endret eller ukjent cursor',
    fix: 'Følg next-lenken som den er, med et token for samme kommune.',
  },
  'search-cursor-filter': {
    title: '_tag eller _lastUpdated sammen med en cursor',
    fix: 'Send cursoren alene: den har med seg filtrene fra den første siden.',
  },
  'search-cursor-ignored': {
    title: '_sort eller _count uten virkning sammen med en cursor',
    fix: 'Utelat dem.',
  },
} satisfies Partial<RuleTexts>
