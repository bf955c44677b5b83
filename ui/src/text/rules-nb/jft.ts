import type { RuleTexts } from '../rule-text.ts'

/** JFT's WriteAPI and ReadAPI. */
export const jftRules = {
  'jft-municipality': {
    title: 'Tilgangstokenet oppgir kommunen i orgnr_parent',
    fix: 'Send organisasjonsstrukturen med hovedenheten i assertion_details når du ber HelseID om et token, eller bruk en single-tenant-klient.',
  },
  'organization-number-real': {
    title: 'Test godtar bare syntetiske organisasjonsnumre i claims',
    fix: 'Be om et token for en syntetisk kommune, for eksempel 313231593 eller 312229544. Bare orgnr_supplier kan være ekte i Test.',
  },
  'organization-number-synthetic': {
    title: 'Produksjon godtar bare ekte organisasjonsnumre i claims',
    fix: 'Bruk testmiljøet for syntetiske organisasjoner.',
  },
  'organization-number-invalid': {
    title: 'Et organisasjonsnummer i et claim har ni sifre og riktig kontrollsiffer',
    fix: 'Se etter et siffer på feil plass i nummeret.',
  },
  'identity-number-real': {
    title: 'Test godtar bare syntetiske fødselsnumre',
    fix: 'Bruk en syntetisk person, for eksempel fra SyntPop: måned +80 eller +65. Testpersoner fra andre tjenester kan ha ekte numre: JFT dokumenterer bare syntetiske. Nummeret er maskert her.',
  },
  'identity-number-synthetic': {
    title: 'Produksjon godtar bare ekte fødselsnumre',
    fix: 'Bruk testmiljøet for syntetiske personer.',
  },
  'identity-number-invalid': {
    title: 'Et fødselsnummer har elleve sifre, en dato og riktige kontrollsifre',
    fix: 'Bruk et gyldig syntetisk nummer, for eksempel 02850097219, eller et annet identifikatorsystem for andre numre.',
  },
  'identity-number-masked': {
    title: 'Det som ser ut som et ekte fødselsnummer, blir ikke lagret',
    fix: 'Bruk en syntetisk person. Er tallet noe annet, for eksempel en konto eller et parti, bruk et annet i test.',
  },
  'jft-resource-type': {
    title: 'Innholdet er en ressurs av typen i stien',
    fix: 'Send ressursen til stien for sin egen type.',
  },
  'jft-endpoint-type': {
    title: 'JFT tar imot Bundle, Composition og MedicationDispense',
    fix: 'Send andre ressurstyper i en Bundle.',
  },
  'pit-resource-type': {
    title: 'Innholdet er en Patient',
    fix: 'Send én Patient i hver forespørsel.',
  },
  'jft-bundle-type': {
    title: 'En Bundle som sendes inn, er et dokument',
    fix: 'Sett Bundle.type til document, med identifier, timestamp og Composition som første entry.',
  },
  'jft-dispense-status': {
    title: 'En MedicationDispense gjelder en vellykket utlevering',
    fix: 'Send det som ikke ble utlevert, som et notat eller en alarm; MedicationDispense er for det som ble det.',
  },
  'jft-no-identity-number': {
    title: 'En innsending identifiserer pasienten med et fødselsnummer',
    fix: 'Sett subject.identifier med systemet urn:oid:2.16.578.1.12.4.1.4.1.',
  },
  'jft-source-system': {
    title: 'nhn-source-system har 3 til 512 tegn',
    fix: 'Send navn og versjon på systemet ditt, for eksempel "Bruno V0.1.2".',
  },
  'jft-event-unknown': {
    title: 'Hendelsen finnes, er av den oppgitte typen og tilhører kommunen din',
    fix: 'Bruk typen og id-en fra Location-headeren eller fra et søk, med et token for samme kommune.',
  },
  'jft-duplicate': {
    title: 'Det samme innholdet er ikke sendt inn før',
    fix: 'Følg statusen til den første innsendingen i stedet for å sende på nytt.',
  },
  'jft-acknowledge-role': {
    title: 'Klienten som kvitterer, er ikke den som sendte inn',
    fix: 'Kvitter som journalsystem.',
  },
  'jft-acknowledge-unread': {
    title: 'En hendelse er lest før det kvitteres for den',
    fix: 'Søk etter hendelsen først.',
  },
  'jft-rate': {
    title: 'Klienten holder seg innenfor grensen for forespørsler per minutt',
    fix: 'Vent det antallet sekunder som står i Retry-After.',
  },
  'search-parameter': {
    title: 'JFT dokumenterer søkeparameteren',
    fix: 'Bruk bare de dokumenterte parameterne; navnene skiller mellom store og små bokstaver.',
  },
  'search-count': {
    title: '_count er et heltall innenfor de tillatte sidestørrelsene',
    fix: 'Be om en side på 1 til 50 hendelser, og følg next.',
  },
  'search-sort': {
    title: '_sort er _lastUpdated eller -_lastUpdated',
    fix: 'Bruk _sort=_lastUpdated eller _sort=-_lastUpdated.',
  },
  'search-last-updated': {
    title: '_lastUpdated er et prefiks og et tidspunkt',
    fix: 'Skriv _lastUpdated=ge2026-01-01T12:00Z; + i tidssonen må sendes som %2B.',
  },
  'search-tag': {
    title: '_tag er taggen for kvittering',
    fix: 'Bruk taggen i innstillingen acknowledgedTag, eller sett innstillingen til den taggen NHN har gitt deg.',
  },
  'search-cursor': {
    title: 'En cursor brukes slik den ble gitt',
    fix: 'Følg next-lenken som den er, med et token for samme kommune.',
  },
  'search-cursor-filter': {
    title: 'En cursor kombineres ikke med _tag eller _lastUpdated',
    fix: 'Send cursoren alene: den har med seg filtrene fra den første siden.',
  },
  'search-cursor-ignored': {
    title: '_sort og _count har ingen virkning sammen med en cursor',
    fix: 'Utelat dem.',
  },
} satisfies Partial<RuleTexts>
