import type { RuleTexts } from './rule-text.ts'

/** HelseID: access tokens, DPoP proofs, client assertions and the test token service. */
export const tokenRules = {
  'token-missing': {
    title: 'Tilgangstoken mangler',
    fix: 'Hent et token fra HelseID og send det som Authorization: DPoP <token>, med et bevis i DPoP-headeren.',
  },
  'token-scheme': {
    title: 'Authorization-header uten skjemaet DPoP',
    fix: 'Send Authorization: DPoP <token>, ikke Bearer. De fleste HTTP-biblioteker skriver Bearer hvis de ikke får beskjed om noe annet.',
  },
  'token-malformed': {
    title: 'Tilgangstoken som ikke er en signert JWT',
    fix: 'Send verdien av access_token fra tokensvaret uendret: tre deler med punktum mellom.',
  },
  'token-signature': {
    title: 'Tilgangstoken som ikke er signert av HelseID',
    fix: 'Hent tokenet fra denne simulatoren (/connect/token), ikke fra den ekte HelseID, og hent et nytt etter en nullstilling.',
  },
  'token-alg': {
    title: 'Tilgangstoken signert med feil algoritme, eller med none',
    fix: 'Send tokenet slik HelseID laget det.',
  },
  'token-typ': {
    title: 'Tilgangstoken med en annen typ enn at+jwt eller JWT',
    fix: 'Send tilgangstokenet, ikke et id_token, en client assertion eller et bevis.',
  },
  'token-issuer': {
    title: 'Tilgangstoken fra HelseID i et annet miljø',
    fix: 'Bruk HelseID i det miljøet API-et hører til: test med test, produksjon med produksjon.',
  },
  'token-audience': {
    title: 'Tilgangstoken for et annet API',
    fix: 'Be HelseID om et scope for dette API-et, nhn:jft/api for JFT; HelseID legger selv API-et i aud.',
  },
  'token-expired': {
    title: 'Utløpt tilgangstoken',
    fix: 'Hent et nytt token før expires_in har gått, og sjekk klokken på maskinen (eller i simulatoren).',
  },
  'token-not-yet-valid': {
    title: 'Tilgangstoken som ikke gjelder ennå',
    fix: 'Sjekk klokken på maskinen (eller i simulatoren).',
  },
  'token-binding': {
    title: 'Tilgangstoken uten DPoP-nøkkel',
    fix: 'Send en DPoP-header til tokenendepunktet også; bare da binder HelseID tokenet til nøkkelen din.',
  },
  'token-scope': {
    title: 'Tilgangstoken uten scopet til API-et',
    fix: 'Be HelseID om scopet, og gi klienten dette scopet i selvbetjeningen.',
  },
  'dpop-missing': {
    title: 'DPoP-bevis mangler',
    fix: 'Send et nytt bevis i DPoP-headeren i hver forespørsel, både til tokenendepunktet og til API-et.',
  },
  'dpop-multiple': {
    title: 'Mer enn én DPoP-header',
    fix: 'Erstatt headeren, ikke legg til en: et nytt forsøk skal bytte ut beviset fra det første.',
  },
  'dpop-malformed': {
    title: 'DPoP-bevis som ikke er en signert JWT',
    fix: 'Send beviset på kompakt form: tre base64url-deler med punktum mellom, uten prefiks.',
  },
  'dpop-typ': {
    title: 'DPoP-bevis med en annen typ enn dpop+jwt',
    fix: 'Sett typ i bevisets header til dpop+jwt; biblioteker skriver JWT som standard.',
  },
  'dpop-alg': {
    title: 'DPoP-bevis signert med en algoritme som HelseID ikke godtar',
    fix: 'Signer med en av algoritmene i dpop_signing_alg_values_supported, for eksempel ES256 eller PS256.',
  },
  'dpop-jwk': {
    title: 'DPoP-bevis uten offentlig nøkkel i headeren',
    fix: 'Legg den offentlige nøkkelen i jwk i bevisets header, som et JSON-objekt (ikke som en streng, ikke som en kid).',
  },
  'dpop-private-key': {
    title: 'DPoP-bevis som røper den private nøkkelen',
    fix: 'Legg bare kty, crv, x, y (EC) eller kty, n, e (RSA) i jwk, og lag en ny nøkkel.',
  },
  'dpop-thumbprint': {
    title: 'DPoP-bevis signert med en annen nøkkel enn tilgangstokenets',
    fix: 'Bruk samme DPoP-nøkkel i tokenforespørselen og i kallene med det tokenet; hent et nytt token når du har byttet nøkkel.',
  },
  'dpop-signature': {
    title: 'Feil signatur på DPoP-beviset',
    fix: 'Signer med den private nøkkelen som hører til jwk i headeren; en ES256-signatur er 64 byte r|s, ikke DER.',
  },
  'dpop-ath': {
    title: 'DPoP-bevis for et annet tilgangstoken',
    fix: 'Sett ath til base64url(SHA-256(tilgangstoken)), uten padding, beregnet av tokenets ASCII-tekst.',
  },
  'dpop-jti': {
    title: 'DPoP-bevis uten identifikator',
    fix: 'Sett jti til en ny UUID i hvert bevis.',
  },
  'dpop-htm': {
    title: 'DPoP-bevis for en annen metode',
    fix: 'Sett htm til metoden med store bokstaver, for eksempel POST.',
  },
  'dpop-htu': {
    title: 'DPoP-bevis for en annen URL',
    fix: 'Sett htu til URL-en du kaller, uten ? og det som følger. HelseID.Library for .NET (1.1.3) nekter å lage bevis for en URL med spørrestreng: fjern den selv, eller søk med POST /_search. Bak en proxy: bruk URL-en slik klienten skrev den.',
  },
  'dpop-iat': {
    title: 'For gammelt DPoP-bevis, eller et fra fremtiden',
    fix: 'Lag et nytt bevis for hver forespørsel, med iat i hele sekunder, og sjekk klokken på maskinen (eller i simulatoren).',
  },
  'dpop-replay': {
    title: 'DPoP-bevis brukt to ganger',
    fix: 'Lag et nytt bevis, med ny jti, for hver forespørsel og hvert nye forsøk.',
  },
  'dpop-nonce': {
    title: 'DPoP-bevis uten en nonce som HelseID har gitt',
    fix: 'Dette er det vanlige første svaret: send forespørselen på nytt med et nytt bevis, der nonce er verdien i DPoP-Nonce-headeren i dette svaret.',
  },
  'token-request': {
    title: 'Tokenforespørsel som ikke er et skjema (form) sendt med POST',
    fix: 'Send parameterne med POST som application/x-www-form-urlencoded, hver av dem én gang.',
  },
  'client-authentication': {
    title: 'Klient uten client assertion',
    fix: 'Send client_assertion og client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer, og ingen client_secret.',
  },
  'assertion-malformed': {
    title: 'Client assertion som ikke er en signert JWT',
    fix: 'Send den på kompakt form: tre base64url-deler med punktum mellom.',
  },
  'assertion-client': {
    title: 'Client assertion med en annen klient i iss eller sub',
    fix: 'Sett iss, sub og client_id til klient-ID-en fra selvbetjeningen.',
  },
  'client-unknown': {
    title: 'Ukjent klient',
    fix: 'Registrer klienten med den offentlige nøkkelen (POST /_sim/clients, eller konfigurasjonsfilen), eller bruk en ferdiglaget klient. Klient-ID-ene fra den ekte HelseID er ikke kjent her.',
  },
  'assertion-alg': {
    title: 'Client assertion signert med en algoritme som HelseID ikke godtar',
    fix: 'Signer med PS256, RS256 eller ES256 (eller 384- og 512-variantene av dem).',
  },
  'assertion-signature': {
    title: 'Client assertion signert med en annen nøkkel enn klientens',
    fix: 'Signer med den private nøkkelen til den offentlige nøkkelen som er registrert på klienten; kid spiller ingen rolle.',
  },
  'assertion-audience': {
    title: 'Client assertion for en annen mottaker enn HelseID',
    fix: 'Sett aud til utstederen (issuer) i discovery-dokumentet, som én streng.',
  },
  'assertion-expired': {
    title: 'Client assertion utløpt, eller uten exp',
    fix: 'Lag en ny client assertion for hver tokenforespørsel, og sjekk klokken på maskinen (eller i simulatoren).',
  },
  'assertion-not-yet-valid': {
    title: 'Client assertion som ikke gjelder ennå',
    fix: 'Sjekk klokken på maskinen (eller i simulatoren).',
  },
  'assertion-lifetime': {
    title: 'Client assertion som varer lenger enn 60 sekunder',
    fix: 'Sett exp til høyst 60 sekunder fra nå; NHNs egne biblioteker bruker 5 til 30.',
  },
  'assertion-reused': {
    title: 'Client assertion brukt to ganger',
    fix: 'Lag en ny client assertion, med ny jti, for hver forespørsel om token: også for den andre, med nonce.',
  },
  'assertion-jti': {
    title: 'Client assertion uten identifikator',
    fix: 'Sett jti til en ny UUID i hver client assertion.',
  },
  'grant-type': {
    title: 'Ukjent grant type, eller ingen',
    fix: 'Bruk grant_type=client_credentials.',
  },
  'grant-not-allowed': {
    title: 'Grant type som klienten ikke har lov til å bruke',
    fix: 'Bruk grant_type=client_credentials. Token exchange krever en klient som er registrert for det; simulatoren støtter ingen andre.',
  },
  'subject-token': {
    title: 'Token exchange uten et tilgangstoken å veksle inn',
    fix: 'Send tilgangstokenet du mottok, som subject_token, med subject_token_type=urn:ietf:params:oauth:token-type:access_token.',
  },
  'scope-not-allowed': {
    title: 'Scope som klienten ikke har lov til å be om',
    fix: 'Be om de scopene klienten er registrert med, adskilt med mellomrom. openid og profile krever en bruker.',
  },
  'resource-unknown': {
    title: 'resource utenfor API-ene som scopene gjelder',
    fix: 'Utelat resource, eller send kortnavnet på ett API, for eksempel nhn:jft.',
  },
  'organization-missing': {
    title: 'Multi-tenant-klient uten organisasjon',
    fix: 'Send assertion_details med hovedenheten i din client assertion; JFT avviser et token uten orgnr_parent.',
  },
  'assertion-details-type': {
    title: 'Oppføring av ukjent type i assertion_details',
    fix: 'Bruk helseid_authorization for organisasjoner; andre oppføringer kom ikke med i tokenet.',
  },
  'hid-1001': {
    title: 'HID-1001: hovedenhet som klienten ikke kan opptre for',
    fix: 'Legg organisasjonen til blant klientens delegeringer; i det ekte testmiljøet delegerer en leverandør til seg selv i selvbetjeningen.',
  },
  'hid-1002': {
    title: 'HID-1002: underenhet som ikke står på klientens liste',
    fix: 'Registrer klienten med underenheten, eller utelat den.',
  },
  'hid-1004': {
    title: 'HID-1004: organisasjonsnummer uten ni sifre',
    fix: 'Send ni sifre uten mellomrom: NO:ORGNR:313231593 eller NO:ORGNR:<hovedenhet>:<underenhet>.',
  },
  'hid-1005': {
    title: 'HID-1005: hovedenhet fra en klient som ikke kan oppgi en',
    fix: 'En single-tenant-klient får orgnr_parent fra registreringen sin: utelat strukturen, eller send bare en underenhet.',
  },
  'hid-1006': {
    title: 'HID-1006: underenhet fra en klient som ikke kan oppgi en',
    fix: 'Registrer klienten med underenhetene, eller utelat strukturen.',
  },
  'organization-structure': {
    title: 'Underenhet uten hovedenhet',
    fix: 'Send identifikatoren med system urn:oid:1.0.6523 og verdien NO:ORGNR:<overordnet>:<underenhet>, eller registrer klienten som single-tenant.',
  },
  'hid-1007': {
    title: 'HID-1007: organisasjonsstruktur som ikke følger spesifikasjonen',
    fix: 'Send claimet assertion_details slik HelseIDs side om organisasjonsnumre viser det, og ikke authorization_details ved siden av.',
  },
  'client-registration': {
    title: 'Feil felt i registreringen av en klient',
    fix: 'Rett feltene som feilmeldingen nevner.',
  },
  'client-private-key': {
    title: 'Privat nøkkel i registreringen av en klient',
    fix: 'Fjern d, p, q, dp, dq og qi (RSA) eller d (EC) fra nøkkelen. Den private nøkkelen skal bli hos deg.',
  },
  'helseid-not-played': {
    title: 'Endepunkt i HelseID som ikke er simulert',
    fix: 'Bruk client_credentials på /connect/token. JFT er for maskiner og har ingen brukerinnlogging.',
  },
  'ttt-request': {
    title: 'Feil felt eller verdi i en forespørsel til Test Token Service',
    fix: 'Rett feltene som feilmeldingen nevner.',
  },
  'ttt-unknown-field': {
    title: 'Ukjent felt i en forespørsel til Test Token Service',
    fix: 'Se etter en skrivefeil i navnet; utelat ellers feltet: det endret ingenting.',
  },
  'ttt-not-played': {
    title: 'Felt i Test Token Service som ikke er simulert',
    fix: 'Utelat feltet; det endret ingenting.',
  },
} satisfies Partial<RuleTexts>
