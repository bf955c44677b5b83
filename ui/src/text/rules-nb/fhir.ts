import type { RuleTexts } from '../rule-text.ts'

/** JSON and strict FHIR R4. */
export const fhirRules = {
  'json-syntax': {
    title: 'Innholdet må være én velformet JSON-tekst',
    fix: 'Send det et JSON-bibliotek skriver: ingen kommentarer, ikke komma etter det siste elementet, navn og tekster i doble anførselstegn, UTF-8.',
  },
  'json-too-deep': {
    title: 'Objekter og lister kan ligge inni hverandre i høyst 64 nivåer',
    fix: 'Bruk færre nivåer: ingen ressurs i en journalhendelse trenger mer enn rundt tjue.',
  },
  'json-surrogate': {
    title: 'En streng kan ikke ha bare den ene halvdelen av et surrogatpar',
    fix: 'Skriv tegn over U+FFFF som to escape-sekvenser, et høyt og et lavt surrogat, eller som UTF-8.',
  },
  'firely-throws': {
    title: 'Biblioteket må kunne lese innholdet uten selv å kaste et unntak',
    fix: 'Rett innholdet. Biblioteket melder ikke denne feilen, men kaster et unntak, så en tjeneste som ikke venter det, svarer 500.',
  },
  'r4-object-expected': {
    title: 'Et element med deler må være et JSON-objekt',
    fix: 'Send et objekt { … } med datatypens deler. Der elementet forekommer høyst én gang, skal objektet ikke ligge i en liste.',
  },
  'r4-value-is-object': {
    title: 'En enkel verdi kan ikke være et JSON-objekt',
    fix: 'Send selve teksten, tallet eller den boolske verdien. En extension til en enkel verdi hører hjemme i egenskapen med samme navn og _ foran.',
  },
  'r4-value-is-array': {
    title: 'Et element som forekommer høyst én gang, kan ikke være en JSON-liste',
    fix: 'Send selve verdien, uten listen rundt.',
  },
  'r4-array-expected': {
    title: 'Et element som kan gjentas, må være en JSON-liste, også med bare én verdi',
    fix: 'Legg verdien i en liste: [ … ].',
  },
  'r4-nested-array': {
    title: 'En liste kan ikke ligge i en liste',
    fix: 'Send verdiene i én liste.',
  },
  'r4-companion-not-object': {
    title: 'Egenskapen med _ foran en enkel verdi må være et objekt',
    fix: 'Send et objekt { … } med verdiens id og extension, eller utelat egenskapen. Ved siden av en liste sendes en liste med objekter og null.',
  },
  'r4-name-case': {
    title: 'Navn må skrives med de store og små bokstavene som FHIR har',
    fix: 'Skriv navnet slik FHIR gjør.',
  },
  'r4-resource-type-case': {
    title: 'resourceType må skrives med de store og små bokstavene som FHIR har',
    fix: 'Skriv ressurstypen slik FHIR gjør, for eksempel "Composition".',
  },
  'r4-null-value': {
    title: 'Et element kan ikke være null',
    fix: 'Utelat elementet når det ikke har noen verdi.',
  },
  'r4-wrong-json-type': {
    title: 'En enkel verdi må ha den JSON-typen som FHIR-typen krever',
    fix: 'Send integer og decimal som JSON-tall, boolean som true eller false, og alt annet som en streng.',
  },
  'r4-wrong-native-type': {
    title: 'id på et element og url på en extension må være JSON-strenger',
    fix: 'Sett verdien i doble anførselstegn.',
  },
  'r4-resource-type-missing': {
    title: 'En ressurs må oppgi typen sin i resourceType',
    fix: 'Legg til "resourceType" med navnet på ressurstypen, for eksempel "Composition".',
  },
  'r4-resource-type-not-string': {
    title: 'resourceType må være en streng',
    fix: 'Send navnet på ressurstypen i doble anførselstegn.',
  },
  'r4-resource-type-unknown': {
    title: 'resourceType må være en ressurstype i FHIR R4',
    fix: 'Bruk en ressurstype i R4 (4.0.1). Typer fra senere FHIR-versjoner og abstrakte typer finnes ikke her.',
  },
  'r4-resource-type-not-resource': {
    title: 'resourceType kan ikke være navnet på en datatype',
    fix: 'Legg datatypen inn i en ressurs som har et element av den typen.',
  },
  'r4-unknown-element': {
    title: 'Hver egenskap må være et element som FHIR R4 definerer på det stedet',
    fix: 'Rett navnet, eller flytt informasjonen til en extension. Elementer fra andre FHIR-versjoner finnes ikke i R4.',
  },
  'r4-underscore-not-allowed': {
    title: 'Bare enkle verdier har en tilhørende egenskap som begynner med _',
    fix: 'Fjern _ . Et element med deler har selv id og extension.',
  },
  'r4-choice-without-type': {
    title: 'Navnet på et choice-element må slutte med typen',
    fix: 'Legg typen til i navnet, med stor forbokstav: medicationCodeableConcept, valueString.',
  },
  'r4-choice-type-unknown': {
    title: 'Navnet på et choice-element må slutte med en type som finnes',
    fix: 'Bruk en av typene elementet tillater, med stor forbokstav.',
  },
  'r4-choice-type-not-allowed': {
    title: 'Et choice-element må ha en av typene det tillater',
    fix: 'Bruk en av typene elementet tillater.',
  },
  'r4-choice-repeated': {
    title: 'Et choice-element kan bare ha én type',
    fix: 'Behold én av egenskapene og fjern de andre.',
  },
  'r4-duplicate-property': {
    title: 'En egenskap kan forekomme bare én gang i et objekt',
    fix: 'Behold én av de to. Verdiene til et element som kan gjentas, hører hjemme i én liste.',
  },
  'r4-empty-object': {
    title: 'Et objekt må ha minst én egenskap',
    fix: 'Utelat elementet når det ikke er noe å oppgi. En ressurs trenger mer enn resourceType.',
  },
  'r4-empty-array': {
    title: 'En liste må ha minst én verdi',
    fix: 'Utelat elementet når listen er tom.',
  },
  'r4-only-nulls': {
    title: 'En liste må ha minst én verdi som ikke er null',
    fix: 'Utelat listen. null holder bare av plassen til en verdi som har id eller extension i listen med samme navn og _ foran.',
  },
  'r4-null-in-array': {
    title: 'Hver plass i en liste må ha en verdi, en id eller en extension',
    fix: 'Fjern null fra listen, og fra listen med samme navn og _ foran.',
  },
  'r4-empty-string': {
    title: 'En streng kan ikke være tom',
    fix: 'Utelat elementet, eller gi det en reell verdi.',
  },
  'r4-blank-string': {
    title: 'En streng må ha mer enn blanke tegn',
    fix: 'Utelat elementet, eller gi det en reell verdi.',
  },
  'r4-missing-element': {
    title: 'Obligatoriske elementer må være med',
    fix: 'Legg til elementet.',
  },
  'r4-nested-contained': {
    title: 'En ressurs i contained kan ikke selv ha ressurser i contained',
    fix: 'Flytt den innerste ressursen opp: alle skal ligge i contained på den ytterste ressursen.',
  },
  'r4-number-out-of-range': {
    title: 'Et tall må passe til FHIR-typen sin',
    fix: 'Heltall har verken desimaler eller eksponent og ligger mellom -2147483648 og 2147483647; decimal ligger innenfor omtrent ±7.9e28.',
  },
  'r4-bad-base64': {
    title: 'Binære data må være i base64',
    fix: 'Kod innholdet med standardalfabetet og padding, uten linjeskift.',
  },
  'r4-bad-instant': {
    title: 'En instant må være en dato med klokkeslett og tidssone',
    fix: 'Skriv YYYY-MM-DDThh:mm:ss.sss+zz:zz, for eksempel 2026-05-26T10:06:17.014+02:00.',
  },
  'r4-bad-date': {
    title: 'En date må være YYYY, YYYY-MM eller YYYY-MM-DD og finnes i kalenderen',
    fix: 'Skriv for eksempel 2026-05-26, uten klokkeslett.',
  },
  'r4-bad-datetime': {
    title: 'En dateTime må være en dato, eller en dato med klokkeslett og tidssone, og finnes i kalenderen',
    fix: 'Skriv for eksempel 2026-05-26 eller 2026-05-26T10:06:17+02:00. Har den et klokkeslett, må den også ha en tidssone (eller Z).',
  },
  'r4-bad-time': {
    title: 'En time må være hh:mm:ss uten tidssone',
    fix: 'Skriv for eksempel 10:06:17.',
  },
  'r4-bad-code': {
    title: 'En code kan ikke begynne eller slutte med et blankt tegn, eller ha to etter hverandre',
    fix: 'Fjern de overflødige blanke tegnene.',
  },
  'r4-bad-id': {
    title: 'En id må være 1 til 64 av tegnene A-Z, a-z, 0-9, - og .',
    fix: 'Bruk for eksempel en UUID.',
  },
  'r4-bad-oid': {
    title: 'En oid må være urn:oid: og tall med punktum mellom',
    fix: 'Skriv for eksempel urn:oid:2.16.578.1.12.4.1.4.1.',
  },
  'r4-bad-uri': {
    title: 'En uri må være velformet',
    fix: 'Skriv urn:uuid: med heksadesimale sifre i små bokstaver, og urn:oid: med tall og punktum; gi http og https en vert.',
  },
  'r4-bad-uuid': {
    title: 'En uuid må være urn:uuid: og en UUID med små bokstaver',
    fix: 'Skriv for eksempel urn:uuid:c757873d-ec9a-4326-a141-556f43239520.',
  },
  'r4-not-positive': {
    title: 'En positiveInt må være 1 eller mer',
    fix: 'Send et heltall som er 1 eller mer.',
  },
  'r4-negative': {
    title: 'En unsignedInt kan ikke være negativ',
    fix: 'Send 0 eller et positivt heltall.',
  },
  'r4-code-not-in-value-set': {
    title: 'En kode med påkrevd binding må være fra verdisettet, med samme store og små bokstaver',
    fix: 'Bruk en av kodene i verdisettet, nøyaktig slik den står der.',
  },
  'r4-string-too-long': {
    title: 'En streng kan ikke være lengre enn 1 048 576 tegn',
    fix: 'Forkort teksten, eller send den som et vedlegg.',
  },
} satisfies Partial<RuleTexts>
