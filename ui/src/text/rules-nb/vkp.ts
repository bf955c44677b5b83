import type { RuleTexts } from '../rule-text.ts'

/** VKP: access, searches, and the way on to JFT and the EHR. */
export const vkpRules = {
  'vkp-token-missing': {
    title: 'Forespørselen til VKP har et tilgangstoken',
    fix: 'Hent et token fra HelseID med et scope for nhn:vkp og send det som Authorization: Bearer <token>.',
  },
  'vkp-token-scheme': {
    title: 'Authorization-headeren har skjemaet Bearer',
    fix: 'Send Authorization: Bearer <token>, uten DPoP-header.',
  },
  'vkp-token-bound': {
    title: 'Et Bearer-token er ikke bundet til en DPoP-nøkkel',
    fix: 'Be HelseID om tokenet til VKP uten DPoP-proof, med en klient som ikke krever det.',
  },
  'vkp-scope': {
    title: 'Tilgangstokenet har scopet til ressursen',
    fix: 'Gi klienten scopet i selvbetjeningen, og be HelseID om det.',
  },
  'vkp-client-amr': {
    title: 'Klienten autentiserte seg hos HelseID med private_key_jwt',
    fix: 'Autentiser klienten med en client assertion; da skriver HelseID client_amr i tokenet.',
  },
  'vkp-id': {
    title: 'Tilgangstokenet oppgir leverandørens system i vkp-id',
    fix: 'Få claimet satt på HelseID-klienten (her: apiClaims på klienten, POST /_sim/clients).',
  },
  'vkp-organization': {
    title: 'Organisasjonsnummeret i stien tilhører en kommune som VKP kjenner',
    fix: 'Bruk de ni sifrene til en kommune i VKPs register (GET /_sim/vkp/register).',
  },
  'vkp-inactive': {
    title: 'Leverandørens system er aktivt hos kommunen',
    fix: 'Få koblingen slått på igjen (her: active i VKPs register, PUT /_sim/vkp/register).',
  },
  'vkp-not-allowed': {
    title: 'VKPs register lar leverandørens system kalle kommunen',
    fix: 'Få VKP til å registrere kombinasjonen (her: PUT /_sim/vkp/register, eller vkp.register i konfigurasjonen).',
  },
  'vkp-service-not-approved': {
    title: 'Kommunen har godkjent leverandøren for hver tjenestekode',
    fix: 'Send bare kodene til tjenester du er godkjent for (her: serviceCodes i VKPs register).',
  },
  'vkp-service-codes': {
    title: 'Et søk oppgir minst én tjeneste i headeren ServiceCodes',
    fix: 'Send for eksempel headeren ServiceCodes: ta,gps.',
  },
  'vkp-service-code-unknown': {
    title: 'Hver tjenestekode er en som VKP har',
    fix: 'Bruk rt, ta, gps, md, dt eller dho, adskilt med komma.',
  },
  'vkp-identity-number': {
    title: 'Et fødselsnummer i et søk er gyldig, og står alene',
    fix: 'Send bare de elleve sifrene i et syntetisk nummer, uten system og loddrett strek foran.',
  },
  'vkp-parameter-count': {
    title: 'Et søk har de parameterne ressursen krever, så mange ganger som den godtar dem',
    fix: 'Send parameterne som feilmeldingen nevner.',
  },
  'vkp-parameter-format': {
    title: 'Et søk er et skjema (form), og datoene i det er datoer med prefiks',
    fix: 'Send application/x-www-form-urlencoded, og datoer som ge eller le med et ISO 8601-tidspunkt.',
  },
  'vkp-body-type': {
    title: 'Innholdet er av ressurstypen som stien oppgir',
    fix: 'Send ressursen til stien for sin egen type, med små bokstaver.',
  },
  'vkp-type-not-forwarded': {
    title: 'VKP sender videre til JFT det JFT har et endepunkt for',
    fix: 'Legg ressursen i en Bundle, eller se innstillingen vkpNotForwarded.',
  },
  'vkp-corrected': {
    title: 'VKP sender en ressurs videre slik den ble sendt',
    fix: 'Ingenting nå. Før du kaller JFT direkte, må du sende det som står under «after»: JFT retter ingenting.',
  },
  'vkp-value-changed': {
    title: 'VKP sender alle verdier videre slik de ble sendt',
    fix: 'Send verdien slik at den overlever: et tidspunkt med sekunder, tidssone og høyst sju desimaler, et tall med høyst 28 siffer og uten null foran, tekst med hele tegn.',
  },
  'vkp-jft-refused': {
    title: 'JFT godtar det VKP sender videre',
    fix: 'Rett det JFT påpeker: VKP retter struktur, og kan ikke finne på det som mangler.',
  },
  'vkp-jft-failed': {
    title: 'VKP får et svar fra JFT som den kan bruke',
    fix: 'Se forespørselen til JFT som ligger under denne; send hendelsen på nytt senere.',
  },
  'vkp-token-exchange': {
    title: 'HelseID veksler leverandørens token i et token for JFT',
    fix: 'Se forespørslene til HelseID som ligger under denne.',
  },
  'vkp-ehr-failed': {
    title: 'EPJ bak VKP tar imot det VKP gir den',
    fix: 'Se forespørselen til EPJ som ligger under denne, eller sjekk ehrUrl på ruten.',
  },
  'vkp-timed-out': {
    title: 'Det som ligger bak VKP, svarer i tide',
    fix: 'Send hendelsen på nytt senere.',
  },
  'vkp-undelivered': {
    title: 'Det VKP har tatt imot, når frem til mottakeren',
    fix: 'Rett det feilmeldingen nevner, og send en ny hendelse; denne er tapt.',
  },
} satisfies Partial<RuleTexts>
