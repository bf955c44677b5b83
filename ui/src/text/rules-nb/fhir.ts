import type { RuleTexts } from './rule-text.ts'

/** JSON and strict FHIR R4. */
export const fhirRules = {
  'json-syntax': {
    title: 'Innhold som ikke er én velformet JSON-tekst',
    fix: 'Send det et JSON-bibliotek skriver: ingen kommentarer, ikke komma etter det siste elementet, navn og tekster i doble anførselstegn, UTF-8.',
  },
  'json-too-deep': {
    title: 'Objekter eller lister i mer enn 64 nivåer',
    fix: 'Bruk færre nivåer: ingen ressurs i en journalhendelse trenger mer enn rundt tjue.',
  },
  'json-surrogate': {
    title: 'Streng med et halvt surrogatpar',
    fix: 'Skriv tegn over U+FFFF som to escape-sekvenser, et høyt og et lavt surrogat, eller som UTF-8.',
  },
  'firely-throws': {
    title: 'Innhold som gjør at biblioteket selv kaster et unntak',
    fix: 'Rett innholdet. Biblioteket melder ikke denne feilen, men kaster et unntak, så en tjeneste som ikke venter det, svarer 500.',
  },
  'r4-object-expected': {
    title: 'Noe annet der et objekt hører hjemme',
    fix: 'Send et objekt { … } med datatypens deler. Der elementet forekommer høyst én gang, skal objektet ikke ligge i en liste.',
  },
  'r4-value-is-object': {
    title: 'Objekt der en enkel verdi hører hjemme',
    fix: 'Send selve teksten, tallet eller den boolske verdien. En extension til en enkel verdi hører hjemme i egenskapen med samme navn og _ foran.',
  },
  'r4-value-is-array': {
    title: 'Liste der én verdi hører hjemme',
    fix: 'Send selve verdien, uten listen rundt.',
  },
  'r4-array-expected': {
    title: 'Én verdi der en liste hører hjemme',
    fix: 'Legg verdien i en liste: [ … ].',
  },
  'r4-nested-array': {
    title: 'Liste inni en liste',
    fix: 'Send verdiene i én liste.',
  },
  'r4-companion-not-object': {
    title: 'Egenskap med _ som ikke er et objekt',
    fix: 'Send et objekt { … } med verdiens id og extension, eller utelat egenskapen. Ved siden av en liste sendes en liste med objekter og null.',
  },
  'r4-name-case': {
    title: 'Elementnavn med feil store og små bokstaver',
    fix: 'Skriv navnet slik FHIR gjør.',
  },
  'r4-resource-type-case': {
    title: 'resourceType med feil store og små bokstaver',
    fix: 'Skriv ressurstypen slik FHIR gjør, for eksempel "Composition".',
  },
  'r4-null-value': {
    title: 'null der en verdi hører hjemme',
    fix: 'Utelat elementet når det ikke har noen verdi.',
  },
  'r4-wrong-json-type': {
    title: 'Verdi av feil JSON-type',
    fix: 'Send integer og decimal som JSON-tall, boolean som true eller false, og alt annet som en streng.',
  },
  'r4-wrong-native-type': {
    title: 'id på et element, eller url på en extension, som ikke er en streng',
    fix: 'Sett verdien i doble anførselstegn.',
  },
  'r4-resource-type-missing': {
    title: 'resourceType mangler',
    fix: 'Legg til "resourceType" med navnet på ressurstypen, for eksempel "Composition".',
  },
  'r4-resource-type-not-string': {
    title: 'resourceType som ikke er en streng',
    fix: 'Send navnet på ressurstypen i doble anførselstegn.',
  },
  'r4-resource-type-unknown': {
    title: 'resourceType som er ukjent i FHIR R4',
    fix: 'Bruk en ressurstype i R4 (4.0.1). Typer fra senere FHIR-versjoner og abstrakte typer finnes ikke her.',
  },
  'r4-resource-type-not-resource': {
    title: 'Datatype i resourceType, der en ressurstype hører hjemme',
    fix: 'Legg datatypen inn i en ressurs som har et element av den typen.',
  },
  'r4-unknown-element': {
    title: 'Ukjent element',
    fix: 'Rett navnet, eller flytt informasjonen til en extension. Elementer fra andre FHIR-versjoner finnes ikke i R4.',
  },
  'r4-underscore-not-allowed': {
    title: 'Egenskap med _ ved siden av noe som ikke er en enkel verdi',
    fix: 'Fjern _ . Et element med deler har selv id og extension.',
  },
  'r4-choice-without-type': {
    title: 'Choice-element uten typen i navnet',
    fix: 'Legg typen til i navnet, med stor forbokstav: medicationCodeableConcept, valueString.',
  },
  'r4-choice-type-unknown': {
    title: 'Choice-element med en ukjent type i navnet',
    fix: 'Bruk en av typene elementet tillater, med stor forbokstav.',
  },
  'r4-choice-type-not-allowed': {
    title: 'Choice-element av en type som ikke er tillatt',
    fix: 'Bruk en av typene elementet tillater.',
  },
  'r4-choice-repeated': {
    title: 'Choice-element med mer enn én type',
    fix: 'Behold én av egenskapene og fjern de andre.',
  },
  'r4-duplicate-property': {
    title: 'Egenskap som forekommer to ganger',
    fix: 'Behold én av de to. Verdiene til et element som kan gjentas, hører hjemme i én liste.',
  },
  'r4-empty-object': {
    title: 'Tomt objekt',
    fix: 'Utelat elementet når det ikke er noe å oppgi. En ressurs trenger mer enn resourceType.',
  },
  'r4-empty-array': {
    title: 'Tom liste',
    fix: 'Utelat elementet når listen er tom.',
  },
  'r4-only-nulls': {
    title: 'Liste med bare null',
    fix: 'Utelat listen. null holder bare av plassen til en verdi som har id eller extension i listen med samme navn og _ foran.',
  },
  'r4-null-in-array': {
    title: 'null i en liste, uten id eller extension',
    fix: 'Fjern null fra listen, og fra listen med samme navn og _ foran.',
  },
  'r4-empty-string': {
    title: 'Tom tekst',
    fix: 'Utelat elementet, eller gi det en reell verdi.',
  },
  'r4-blank-string': {
    title: 'Tekst med bare mellomrom',
    fix: 'Utelat elementet, eller gi det en reell verdi.',
  },
  'r4-missing-element': {
    title: 'Obligatorisk element mangler',
    fix: 'Legg til elementet.',
  },
  'r4-nested-contained': {
    title: 'Ressurs i contained inni en annen ressurs i contained',
    fix: 'Flytt den innerste ressursen opp: alle skal ligge i contained på den ytterste ressursen.',
  },
  'r4-number-out-of-range': {
    title: 'Tall utenfor det FHIR-typen tillater',
    fix: 'Heltall har verken desimaler eller eksponent og ligger mellom -2147483648 og 2147483647; decimal ligger innenfor omtrent ±7.9e28.',
  },
  'r4-bad-base64': {
    title: 'Binære data som ikke er base64',
    fix: 'Kod innholdet med standardalfabetet og padding, uten linjeskift.',
  },
  'r4-bad-instant': {
    title: 'Ugyldig instant, eller en uten klokkeslett eller tidssone',
    fix: 'Skriv YYYY-MM-DDThh:mm:ss.sss+zz:zz, for eksempel 2026-05-26T10:06:17.014+02:00.',
  },
  'r4-bad-date': {
    title: 'Ugyldig date, eller en som ikke finnes i kalenderen',
    fix: 'Skriv for eksempel 2026-05-26, uten klokkeslett.',
  },
  'r4-bad-datetime': {
    title: 'Ugyldig dateTime, klokkeslett uten tidssone, eller en dag som ikke finnes i kalenderen',
    fix: 'Skriv for eksempel 2026-05-26 eller 2026-05-26T10:06:17+02:00. Har den et klokkeslett, må den også ha en tidssone (eller Z).',
  },
  'r4-bad-time': {
    title: 'Ugyldig time',
    fix: 'Skriv for eksempel 10:06:17.',
  },
  'r4-bad-code': {
    title: 'Code med overflødige mellomrom',
    fix: 'Fjern de overflødige blanke tegnene.',
  },
  'r4-bad-id': {
    title: 'Ugyldig id, eller en på mer enn 64 tegn',
    fix: 'Bruk for eksempel en UUID.',
  },
  'r4-bad-oid': {
    title: 'Ugyldig oid',
    fix: 'Skriv for eksempel urn:oid:2.16.578.1.12.4.1.4.1.',
  },
  'r4-bad-uri': {
    title: 'Ugyldig uri',
    fix: 'Skriv urn:uuid: med heksadesimale sifre i små bokstaver, og urn:oid: med tall og punktum; gi http og https en vert.',
  },
  'r4-bad-uuid': {
    title: 'Ugyldig uuid',
    fix: 'Skriv for eksempel urn:uuid:c757873d-ec9a-4326-a141-556f43239520.',
  },
  'r4-not-positive': {
    title: 'positiveInt under 1',
    fix: 'Send et heltall som er 1 eller mer.',
  },
  'r4-negative': {
    title: 'Negativ unsignedInt',
    fix: 'Send 0 eller et positivt heltall.',
  },
  'r4-code-not-in-value-set': {
    title: 'Kode utenfor verdisettet',
    fix: 'Bruk en av kodene i verdisettet, nøyaktig slik den står der.',
  },
  'r4-string-too-long': {
    title: 'Streng på mer enn 1 048 576 tegn',
    fix: 'Forkort teksten, eller send den som et vedlegg.',
  },
} satisfies Partial<RuleTexts>
