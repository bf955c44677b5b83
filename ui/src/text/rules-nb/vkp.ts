import type { RuleTexts } from './rule-text.ts'

/** VKP: access, searches, and the way on to JFT and the EHR. */
export const vkpRules = {
  'vkp-token-missing': {
    title: 'Tilgangstoken for VKP mangler',
    fix: 'Hent et token fra HelseID med et scope for nhn:vkp og send det som Authorization: Bearer <token>.',
  },
  'vkp-token-scheme': {
    title: 'Authorization-header uten skjemaet Bearer',
    fix: 'Send Authorization: Bearer <token>, uten DPoP-header.',
  },
  'vkp-token-bound': {
    title: 'Bearer-token bundet til en DPoP-nøkkel',
    fix: 'Be HelseID om tokenet til VKP uten DPoP-proof, med en klient som ikke krever det.',
  },
  'vkp-scope': {
    title: 'Tilgangstoken uten scopet til ressursen',
    fix: 'Gi klienten scopet i selvbetjeningen, og be HelseID om det.',
  },
  'vkp-client-amr': {
    title: 'Klient som ikke er autentisert med private_key_jwt',
    fix: 'Autentiser klienten med en client assertion; da skriver HelseID client_amr i tokenet.',
  },
  'vkp-id': {
    title: 'Tilgangstoken uten leverandørens system i vkp-id',
    fix: 'Få claimet satt på HelseID-klienten (her: apiClaims på klienten, POST /_sim/clients).',
  },
  'vkp-organization': {
    title: 'Kommune som er ukjent for VKP',
    fix: 'Bruk de ni sifrene til en kommune i VKPs register (GET /_sim/vkp/register).',
  },
  'vkp-inactive': {
    title: 'Leverandørsystem som ikke er aktivt hos kommunen',
    fix: 'Få koblingen slått på igjen (her: active i VKPs register, PUT /_sim/vkp/register).',
  },
  'vkp-not-allowed': {
    title: 'Leverandørsystem som ikke har lov til å kalle kommunen',
    fix: 'Få VKP til å registrere kombinasjonen (her: PUT /_sim/vkp/register, eller vkp.register i konfigurasjonen).',
  },
  'vkp-service-not-approved': {
    title: 'Tjenestekode som ikke er godkjent for leverandøren',
    fix: 'Send bare kodene til tjenester du er godkjent for (her: serviceCodes i VKPs register).',
  },
  'vkp-service-codes': {
    title: 'Søk uten tjeneste i headeren ServiceCodes',
    fix: 'Send for eksempel headeren ServiceCodes: ta,gps.',
  },
  'vkp-service-code-unknown': {
    title: 'Ukjent tjenestekode',
    fix: 'Bruk rt, ta, gps, md, dt eller dho, adskilt med komma.',
  },
  'vkp-identity-number': {
    title: 'Ugyldig fødselsnummer i et søk, eller et som ikke står alene',
    fix: 'Send bare de elleve sifrene i et syntetisk nummer, uten system og loddrett strek foran.',
  },
  'vkp-parameter-count': {
    title: 'Søkeparameter som mangler, eller som ble sendt for mange ganger',
    fix: 'Send parameterne som feilmeldingen nevner.',
  },
  'vkp-parameter-format': {
    title: 'Søk som ikke er et skjema (form), eller med en ugyldig dato',
    fix: 'Send application/x-www-form-urlencoded, og datoer som ge eller le med et ISO 8601-tidspunkt.',
  },
  'vkp-body-type': {
    title: 'Innhold av en annen ressurstype enn stien',
    fix: 'Send ressursen til stien for sin egen type, med små bokstaver.',
  },
  'vkp-type-not-forwarded': {
    title: 'Ressurstype uten endepunkt hos JFT, ikke sendt videre',
    fix: 'Legg ressursen i en Bundle, eller se innstillingen vkpNotForwarded.',
  },
  'vkp-corrected': {
    title: 'Feil som VKP rettet',
    fix: 'Ingenting nå. Før du kaller JFT direkte, må du sende det som står under «after»: JFT retter ingenting.',
  },
  'vkp-value-changed': {
    title: 'Verdi som VKP endret underveis',
    fix: 'Send verdien slik at den overlever: et tidspunkt med sekunder, tidssone og høyst sju desimaler, et tall med høyst 28 siffer og uten null foran, tekst med hele tegn.',
  },
  'vkp-jft-refused': {
    title: 'Videresendt ressurs avvist av JFT',
    fix: 'Rett det JFT påpeker: VKP retter struktur, og kan ikke finne på det som mangler.',
  },
  'vkp-jft-failed': {
    title: 'Ikke noe brukbart svar fra JFT til VKP',
    fix: 'Se forespørselen til JFT som ligger under denne; send hendelsen på nytt senere.',
  },
  'vkp-token-exchange': {
    title: 'Token exchange avvist av HelseID',
    fix: 'Se forespørslene til HelseID som ligger under denne.',
  },
  'vkp-ehr-failed': {
    title: 'Feil i svaret fra EPJ bak VKP',
    fix: 'Se forespørselen til EPJ som ligger under denne, eller sjekk ehrUrl på ruten.',
  },
  'vkp-timed-out': {
    title: 'Ikke noe svar i tide fra det som ligger bak VKP',
    fix: 'Send hendelsen på nytt senere.',
  },
  'vkp-undelivered': {
    title: 'Godtatt av VKP, men ikke nådd frem til mottakeren',
    fix: 'Rett det feilmeldingen nevner, og send en ny hendelse; denne er tapt.',
  },
} satisfies Partial<RuleTexts>
