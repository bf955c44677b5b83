import { EVENT_TYPES } from '../../../simulator/ground/event-types.ts'
import { enumerated } from '../../../simulator/ground/text/enumerate.ts'
import type { AdviceKey } from '../../../simulator/rules/fixes/advice.ts'

/** Hva som må gjøres med en feil: hele setninger først, så delene de er satt sammen av. Navn i klammer fylles inn. */
export const adviceNb = {
  wrap: '`{name}` må være en liste; du sendte {found}: pakk det inn i [ ].',
  unwrap: '`{name}` må være én verdi ({expected}); du sendte en liste med én: fjern [ ] rundt den.',
  flatten: 'Et ledd i `{name}` må være én verdi ({expected}); du sendte en liste i listen: fjern de indre [ ].',
  'keep-one': '`{name}` må være én verdi ({expected}); du sendte {found}: behold én av dem, uten [ ].',
  'leave-out': '`{name}` er {found}: utelat det, eller gi det en verdi ({expected}).',
  'leave-out-around':
    '`{name}` er {found}, og `{around}` har ikke noe annet: utelat `{around}`, eller gi `{name}` en verdi ({expected}).',
  'leave-item-out': 'Et ledd i `{name}` er {found}: fjern det fra listen, eller gi det en verdi ({expected}).',
  'leave-item-null': 'Et ledd i `{name}` er {found}: skriv null, som holder plassen for delene i `{companion}`.',
  'null-items':
    'Et ledd i `{name}` har verken en verdi eller deler i `{companion}`: fjern det fra listen, og fra den andre listen der begge finnes.',
  fill: '`{name}` er {found}, men obligatorisk: det kan ikke utelates. Gi det en verdi ({expected}).',
  'fill-around':
    '`{name}` er {found}, og det obligatoriske `{around}` har ikke noe annet. Gi det en verdi ({expected}).',
  object: '`{name}` må være et objekt ({type}); du sendte {found}: legg det inn i ett, for eksempel {example}.',
  'object-in-text':
    '`{name}` må være et objekt ({type}); du sendte et som tekst, i anførselstegn: send selve objektet.',
  'body-in-text': 'Innholdet er JSON som tekst, i anførselstegn: send selve JSON-en, serialisert én gang.',
  lift: '`{name}` må være en enkel verdi; du sendte et objekt med bare `value`: skriv {right} alene.',
  parts:
    '`{name}` må være en enkel verdi; id og utvidelser hører hjemme i `{companion}`: gi `{name}` navnet `{companion}`.',
  simple:
    '`{name}` må være en enkel verdi ({expected}); du sendte et objekt. Bare id og utvidelser er et objekt, i `{companion}`.',
  companion:
    '`{name}` må være et objekt med id eller utvidelser for `{plain}`; du sendte {found}. Selve verdien hører hjemme i `{plain}`.',
  'companion-value':
    '`{name}` har verdien til `{plain}`, og bare id og utvidelser hører hjemme der: gi `{name}` navnet `{plain}`.',

  rename: '`{owner}` har ikke noe element `{name}`; trolig var `{nearest}` ment: gi det det navnet.',
  'name-case': '`{name}` må skrives `{nearest}`, med de store og små bokstavene: gi det det navnet.',
  'empty-name': 'En egenskap har ikke noe navn: gi den navnet på et element i `{owner}`, eller utelat den.',
  'rename-taken':
    '`{owner}` har ikke noe element `{name}`. `{nearest}` er nærmest, og finnes allerede: behold ett av dem.',
  'unknown-near':
    '`{owner}` har ikke noe element `{name}`; `{nearest}` er nærmest. Gi det det navnet, flytt opplysningen til en utvidelse, eller utelat den.',
  unknown:
    '`{owner}` har ikke noe element `{name}`. Bruk et som finnes ({elements}), flytt opplysningen til en utvidelse, eller utelat den.',
  'unknown-empty': '`{owner}` har ikke noe element `{name}`, og det er {found}: utelat det.',
  comments: '`{name}` er fra en eldre versjon av FHIR: utelat det.',
  'resource-type-inside':
    'Bare ressurser har `resourceType`, og `{owner}` er ingen ressurs: utelat det, eller flytt ressursen dit den hører hjemme.',
  underscore: '`{plain}` har deler, så id og utvidelser står i det selv: gi `{name}` navnet `{plain}`.',
  'underscore-empty': '`{plain}` har deler og ikke noe `{name}` ved siden av seg, og `{name}` er {found}: utelat det.',
  'underscore-both':
    '`{plain}` har deler, så id og utvidelser står i det selv: flytt det som er i `{name}`, til `{plain}`.',
  'choice-rename': '`{name}` må slutte på typen sin, og det du sendte, kan bare være én: gi det navnet `{nearest}`.',
  'choice-name': '`{name}` må slutte på typen sin. For {found} er det {names}.',
  'choice-type-rename':
    '`{name}` er ikke et av navnene på `{element}[x]`; trolig var `{nearest}` ment: gi det det navnet.',
  'choice-type': '`{name}` er ikke et av navnene på `{element}[x]`: bruk {names}.',
  'choice-repeated': '`{element}[x]` kan ha én type, og du sendte flere: behold {names}.',
  'choice-repeated-empty': '`{element}[x]` kan ha én type, og `{empty}` sier ingenting: utelat det.',
  'duplicate-equal': '`{name}` står to ganger med samme verdi: fjern den ene.',
  'duplicate-empty': '`{name}` står to ganger, den ene gangen som {found}: fjern den.',
  'duplicate-lists': '`{name}` står to ganger: samle leddene fra begge i én liste.',
  duplicate: '`{name}` står to ganger, med ulike verdier: behold den ene.',
  add: 'Legg til `{name}` i `{owner}`, der det er obligatorisk ({expected}).',
  'add-list': 'Legg til `{name}` i `{owner}`, der det er obligatorisk: en liste med minst ett ledd ({expected}).',
  'add-choice': 'Legg til `{name}[x]` i `{owner}`, der det er obligatorisk: {names}.',
  'resource-type-add': 'Legg til `resourceType` med navnet på en ressurstype i R4, for eksempel "Composition".',
  'resource-type-rename':
    'En ressurs sier typen sin i `resourceType`; trolig var `{name}` ment slik: gi det det navnet.',
  'resource-type-unwrap': '`resourceType` må være en tekst; du sendte en liste med én: fjern [ ] rundt den.',
  'resource-type-string': '`resourceType` må være en tekst, for eksempel "Composition".',
  'resource-type-respell': 'R4 har ingen ressurstype "{sent}"; trolig var "{nearest}" ment: skriv det.',
  'resource-type-near': 'R4 har ingen ressurstype "{sent}"; "{nearest}" er nærmest.',
  'resource-type-unknown': `R4 har ingen ressurstype "{sent}". JFT tar imot ${enumerated(EVENT_TYPES, 'og')}, og i en Bundle alle ressurstyper i R4.`,
  'resource-type-datatype':
    '"{sent}" er en datatype, ikke en ressurstype: send en ressurs som har et element av den typen.',
  raise: 'En innebygd ressurs kan ikke ha andre i seg: flytt de indre til `contained` i den ytterste ressursen.',
  nested:
    'En innebygd ressurs kan ikke ha andre i seg: flytt de indre til `contained` i den ytterste ressursen, hver med sin egen id der.',

  respell: '`{name}` er {sent}, som ikke er en gyldig {type}: skriv {right}.',
  'respell-everywhere': '`{name}` er {sent}, som ikke er en gyldig {type}: skriv {right}, også der noe viser til den.',
  literal: '`{name}` er {sent}, som ikke er en gyldig {type}: skriv {expected}.',
  'too-long': '`{name}` har {count} tegn; R4 tar 1,048,576: kort den ned, eller send den som vedlegg.',
  unfilled: '`{name}` er {sent}: en plassholder i klammer er ikke fylt ut.',
  'date-only':
    '`{name}` er {sent}, men en dato har ikke klokkeslett: skriv {right}, eller bruk et element av typen dateTime.',
  offset: '`{name}` er {sent}: et klokkeslett trenger avstanden til UTC. Var det norsk tid, så skriv {right}.',
  quote: '`{name}` må være en tekst; du sendte {found}: sett det i anførselstegn, {right}.',
  'unquote-size':
    '`{name}` må ikke være en tekst; du sendte {sent}: fjern anførselstegnene, {right}. Hl7.Fhir.R4 6 for .NET skriver `Attachment.Size` slik: sett heller `SizeElement = new UnsignedInt({right})`.',
  unquote: '`{name}` må ikke være en tekst; du sendte {sent}: fjern anførselstegnene, {right}.',
  'wrong-type': '`{name}` må være {wanted} ({expected}); du sendte {found}.',
  number: '`{name}` er {sent}, som ikke passer til typen: skriv {expected}.',
  code: '`{name}` er {sent}, som ikke er tillatt: bruk {codes}.',
  'code-near': '`{name}` er {sent}, som ikke er tillatt: bruk {codes}. "{nearest}" er nærmest.',
  'code-respell': '`{name}` er {sent}, som ikke er tillatt; trolig var "{nearest}" ment. Tillatt er {codes}.',

  surrogate:
    'En tekst har den ene halvdelen av et surrogatpar, som ikke er noe tegn: skriv begge halvdelene, eller selve tegnet.',

  json: 'Dette er ikke JSON: se på dette stedet.',
  'json-xml': 'Dette er XML, ikke JSON: send ressursen som JSON.',
  'json-empty': 'Innholdet er tomt: send en ressurs som JSON.',
  'json-comment': 'JSON har ikke kommentarer: fjern dem.',
  'json-comma': 'Fjern kommaet som ikke har noe etter seg.',
  'json-no-comma': 'Sett et komma mellom de to verdiene.',
  'json-quotes': 'JSON har navn og tekster i doble anførselstegn: skriv " i stedet for de enkle.',
  'json-name': 'JSON har navnene sine i doble anførselstegn: sett dem rundt navnet.',
  'json-word': 'JSON skriver true, false og null med små bokstaver.',
  'json-digits': 'Et tall i JSON har et siffer på begge sider av punktumet, og ingen + foran seg.',
  'json-control': 'Et kontrolltegn i en tekst skrives med en skråstrek, et linjeskift som \\n.',
  'json-escape': 'JSON har ikke denne tegnkoden: skriv en omvendt skråstrek som \\\\.',
  'json-space': 'Bare mellomrom, tabulatorer og linjeskift kan stå mellom delene av JSON: fjern det andre.',
  'json-after': 'Noe står etter slutten på ressursen: fjern det.',
  'json-truncated': 'Teksten slutter for tidlig: se til at hele blir sendt.',
  'json-bracket': 'En parentes av feil slag lukker et objekt eller en liste: finn den som mangler.',
  'json-colon': 'Et navn og verdien er skilt av et kolon.',
  'json-deep': 'Objekter og lister kan ligge høyst 64 dypt i hverandre: bruk færre nivåer.',
  'json-bare': 'En tekst må stå i doble anførselstegn.',
  'json-number': 'Dette er ikke et tall i JSON; NaN og Infinity har ikke noe tall der.',
  'json-zeros':
    'Et tall i JSON har ikke nuller foran seg: skriv tallet som er ment. Noen lesere tar det for et oktalt tall, og det ville VKP ha sendt videre.',
  'json-more': '{first} I alt {count} steder kan rettes så det blir JSON.',

  'bundle-type':
    '`Bundle.type` må være document her: sett den, med en identifier, et timestamp og Composition som første entry.',
  'too-large': 'Send høyst {limit} byte; dette er {bytes} eller flere: utelat vedlegg, eller del hendelsen.',
  'event-type': '{service} har ikke noe endepunkt for {type}: send den som entry i en Bundle.',
  'patient-to-pit':
    'En pasient alene sendes til PIT: POST /v1/Patient. Det som hører til en hendelse, er en entry i Bundle.',
  'not-for-pit': `PIT tar bare imot Patient. Hendelser sendes til JFT, som ${enumerated(EVENT_TYPES, 'eller')}.`,
  'endpoint-of-type': 'Send en {type} til adressen som slutter på /v1/{type}.',
  'number-synthetic': '`{name}` må være et syntetisk fødselsnummer her, for eksempel 02850097219.',
  'number-real': '`{name}` er syntetisk: bruk testmiljøet til det.',
  'number-invalid':
    '`{name}` er ikke et fødselsnummer: rett det, for eksempel til 02850097219, eller oppgi identifikatorsystemet det hører til.',
  encode: 'Skriv filen, eller send innholdet, som UTF-8.',
  'encode-from': 'Skriv filen, eller send innholdet, som UTF-8: det ser ut som {from}.',

  'one-object': 'ett objekt',
  string: 'en tekst',
  'number-found': 'et tall',
  boolean: 'true eller false',
  list: 'en liste med {count}',
  null: 'null',
  'empty-string': 'en tom tekst',
  'blank-string': 'bare mellomrom',
  'empty-list': 'en tom liste',
  'empty-object': 'et tomt objekt',
  'bare-resource': 'en ressurs med bare typen sin',
  'type-such-as': '{type}, for eksempel {example}',
  'one-of': 'en av {codes}',
  anything: 'av hvilken som helst type',
  or: 'eller',
} as const satisfies Readonly<Record<AdviceKey, string>>
