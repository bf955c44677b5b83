import type { RuleTexts } from '../rule-text.ts'

/** HelseID: access tokens, DPoP proofs, client assertions and the test token service. */
export const tokenRules = {
  'token-missing': {
    title: 'Forespørselen har et tilgangstoken',
    fix: 'Hent et token fra HelseID og send det som Authorization: DPoP <token>, med et bevis i DPoP-headeren.',
  },
  'token-scheme': {
    title: 'Authorization-headeren har skjemaet DPoP',
    fix: 'Send Authorization: DPoP <token>, ikke Bearer. De fleste HTTP-biblioteker skriver Bearer hvis de ikke får beskjed om noe annet.',
  },
  'token-malformed': {
    title: 'Tilgangstokenet er en signert JWT',
    fix: 'Send verdien av access_token fra tokensvaret uendret: tre deler med punktum mellom.',
  },
  'token-signature': {
    title: 'HelseID har signert tilgangstokenet',
    fix: 'Hent tokenet fra denne simulatoren (/connect/token), ikke fra den ekte HelseID, og hent et nytt etter en nullstilling.',
  },
  'token-alg': {
    title: 'Tilgangstokenet er signert med algoritmen til utstederens nøkkel, aldri none',
    fix: 'Send tokenet slik HelseID laget det.',
  },
  'token-typ': {
    title: 'Tilgangstokenet har typ at+jwt eller JWT',
    fix: 'Send tilgangstokenet, ikke et id_token, en client assertion eller et bevis.',
  },
  'token-issuer': {
    title: 'Tilgangstokenet kommer fra HelseID i samme miljø',
    fix: 'Bruk HelseID i det miljøet API-et hører til: test med test, produksjon med produksjon.',
  },
  'token-audience': {
    title: 'Tilgangstokenet er ment for dette API-et',
    fix: 'Be HelseID om et scope for dette API-et, nhn:jft/api for JFT; HelseID legger selv API-et i aud.',
  },
  'token-expired': {
    title: 'Tilgangstokenet er ikke utløpt',
    fix: 'Hent et nytt token før expires_in har gått, og sjekk klokken på maskinen (eller i simulatoren).',
  },
  'token-not-yet-valid': {
    title: 'Tilgangstokenet har begynt å gjelde',
    fix: 'Sjekk klokken på maskinen (eller i simulatoren).',
  },
  'token-binding': {
    title: 'Tilgangstokenet er bundet til en DPoP-nøkkel',
    fix: 'Send en DPoP-header til tokenendepunktet også; bare da binder HelseID tokenet til nøkkelen din.',
  },
  'token-scope': {
    title: 'Tilgangstokenet har scopet til API-et',
    fix: 'Be HelseID om scopet, og gi klienten dette scopet i selvbetjeningen.',
  },
  'dpop-missing': {
    title: 'Forespørselen har et DPoP-bevis',
    fix: 'Send et nytt bevis i DPoP-headeren i hver forespørsel, både til tokenendepunktet og til API-et.',
  },
  'dpop-multiple': {
    title: 'Forespørselen har bare én DPoP-header',
    fix: 'Erstatt headeren, ikke legg til en: et nytt forsøk skal bytte ut beviset fra det første.',
  },
  'dpop-malformed': {
    title: 'Beviset er en signert JWT',
    fix: 'Send beviset på kompakt form: tre base64url-deler med punktum mellom, uten prefiks.',
  },
  'dpop-typ': {
    title: 'Beviset har typ dpop+jwt',
    fix: 'Sett typ i bevisets header til dpop+jwt; biblioteker skriver JWT som standard.',
  },
  'dpop-alg': {
    title: 'Beviset er signert med en asymmetrisk algoritme som HelseID godtar',
    fix: 'Signer med en av algoritmene i dpop_signing_alg_values_supported, for eksempel ES256 eller PS256.',
  },
  'dpop-jwk': {
    title: 'Beviset har den offentlige nøkkelen sin i headeren',
    fix: 'Legg den offentlige nøkkelen i jwk i bevisets header, som et JSON-objekt (ikke som en streng, ikke som en kid).',
  },
  'dpop-private-key': {
    title: 'Beviset røper ikke den private nøkkelen',
    fix: 'Legg bare kty, crv, x, y (EC) eller kty, n, e (RSA) i jwk, og lag en ny nøkkel.',
  },
  'dpop-thumbprint': {
    title: 'Beviset er signert med nøkkelen som tilgangstokenet er bundet til',
    fix: 'Bruk samme DPoP-nøkkel i tokenforespørselen og i kallene med det tokenet; hent et nytt token når du har byttet nøkkel.',
  },
  'dpop-signature': {
    title: 'Signaturen på beviset passer til nøkkelen',
    fix: 'Signer med den private nøkkelen som hører til jwk i headeren; en ES256-signatur er 64 byte r|s, ikke DER.',
  },
  'dpop-ath': {
    title: 'Beviset gjelder tilgangstokenet det sendes sammen med',
    fix: 'Sett ath til base64url(SHA-256(tilgangstoken)), uten padding, beregnet av tokenets ASCII-tekst.',
  },
  'dpop-jti': {
    title: 'Beviset har en identifikator',
    fix: 'Sett jti til en ny UUID i hvert bevis.',
  },
  'dpop-htm': {
    title: 'Beviset gjelder metoden i forespørselen',
    fix: 'Sett htm til metoden med store bokstaver, for eksempel POST.',
  },
  'dpop-htu': {
    title: 'Beviset gjelder URL-en i forespørselen, uten spørrestreng og fragment',
    fix: 'Sett htu til URL-en du kaller, uten ? og det som følger. HelseID.Library for .NET (1.1.3) nekter å lage bevis for en URL med spørrestreng: fjern den selv, eller søk med POST /_search. Bak en proxy: bruk URL-en slik klienten skrev den.',
  },
  'dpop-iat': {
    title: 'Beviset er nettopp laget',
    fix: 'Lag et nytt bevis for hver forespørsel, med iat i hele sekunder, og sjekk klokken på maskinen (eller i simulatoren).',
  },
  'dpop-replay': {
    title: 'Beviset er ikke brukt før',
    fix: 'Lag et nytt bevis, med ny jti, for hver forespørsel og hvert nye forsøk.',
  },
  'dpop-nonce': {
    title: 'Et bevis for tokenendepunktet har en nonce som HelseID har gitt',
    fix: 'Dette er det vanlige første svaret: send forespørselen på nytt med et nytt bevis, der nonce er verdien i DPoP-Nonce-headeren i dette svaret.',
  },
  'token-request': {
    title: 'En tokenforespørsel er et skjema (form), sendt med POST',
    fix: 'Send parameterne med POST som application/x-www-form-urlencoded, hver av dem én gang.',
  },
  'client-authentication': {
    title: 'Klienten autentiserer seg med en client assertion',
    fix: 'Send client_assertion og client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer, og ingen client_secret.',
  },
  'assertion-malformed': {
    title: 'En client assertion er en signert JWT',
    fix: 'Send den på kompakt form: tre base64url-deler med punktum mellom.',
  },
  'assertion-client': {
    title: 'En client assertion nevner klienten i iss og sub, likt med client_id',
    fix: 'Sett iss, sub og client_id til klient-ID-en fra selvbetjeningen.',
  },
  'client-unknown': {
    title: 'Klienten er registrert',
    fix: 'Registrer klienten med den offentlige nøkkelen (POST /_sim/clients, eller konfigurasjonsfilen), eller bruk en ferdiglaget klient. Klient-ID-ene fra den ekte HelseID er ikke kjent her.',
  },
  'assertion-alg': {
    title: 'En client assertion er signert med en algoritme som HelseID godtar',
    fix: 'Signer med PS256, RS256 eller ES256 (eller 384- og 512-variantene av dem).',
  },
  'assertion-signature': {
    title: 'En client assertion er signert med en av klientens nøkler',
    fix: 'Signer med den private nøkkelen til den offentlige nøkkelen som er registrert på klienten; kid spiller ingen rolle.',
  },
  'assertion-audience': {
    title: 'En client assertion er ment for HelseID',
    fix: 'Sett aud til utstederen (issuer) i discovery-dokumentet, som én streng.',
  },
  'assertion-expired': {
    title: 'En client assertion har exp, og er ikke utløpt',
    fix: 'Lag en ny client assertion for hver tokenforespørsel, og sjekk klokken på maskinen (eller i simulatoren).',
  },
  'assertion-not-yet-valid': {
    title: 'En client assertion har begynt å gjelde',
    fix: 'Sjekk klokken på maskinen (eller i simulatoren).',
  },
  'assertion-lifetime': {
    title: 'En client assertion varer i høyst 60 sekunder',
    fix: 'Sett exp til høyst 60 sekunder fra nå; NHNs egne biblioteker bruker 5 til 30.',
  },
  'assertion-reused': {
    title: 'En client assertion brukes til én forespørsel',
    fix: 'Lag en ny client assertion, med ny jti, for hver forespørsel om token: også for den andre, med nonce.',
  },
  'assertion-jti': {
    title: 'En client assertion har en identifikator',
    fix: 'Sett jti til en ny UUID i hver client assertion.',
  },
  'grant-type': {
    title: 'Forespørselen oppgir en grant type som HelseID har',
    fix: 'Bruk grant_type=client_credentials.',
  },
  'grant-not-allowed': {
    title: 'Klienten har lov til å bruke den grant type som er oppgitt',
    fix: 'Bruk grant_type=client_credentials. Token exchange krever en klient som er registrert for det; simulatoren støtter ingen andre.',
  },
  'subject-token': {
    title: 'En token exchange leverer inn et tilgangstoken',
    fix: 'Send tilgangstokenet du mottok, som subject_token, med subject_token_type=urn:ietf:params:oauth:token-type:access_token.',
  },
  'scope-not-allowed': {
    title: 'Klienten har lov til å be om scopet',
    fix: 'Be om de scopene klienten er registrert med, adskilt med mellomrom. openid og profile krever en bruker.',
  },
  'resource-unknown': {
    title: 'resource nevner ett av API-ene som scopene gjelder',
    fix: 'Utelat resource, eller send kortnavnet på ett API, for eksempel nhn:jft.',
  },
  'organization-missing': {
    title: 'En multi-tenant-klient oppgir hvilken organisasjon den opptrer for',
    fix: 'Send assertion_details med hovedenheten i din client assertion; JFT avviser et token uten orgnr_parent.',
  },
  'assertion-details-type': {
    title: 'Hver oppføring i assertion_details har en type som er kjent her',
    fix: 'Bruk helseid_authorization for organisasjoner; andre oppføringer kom ikke med i tokenet.',
  },
  'hid-1001': {
    title: 'HID-1001: klienten kan opptre for hovedenheten',
    fix: 'Legg organisasjonen til blant klientens delegeringer; i det ekte testmiljøet delegerer en leverandør til seg selv i selvbetjeningen.',
  },
  'hid-1002': {
    title: 'HID-1002: underenheten står på klientens liste',
    fix: 'Registrer klienten med underenheten, eller utelat den.',
  },
  'hid-1004': {
    title: 'HID-1004: et organisasjonsnummer har ni sifre',
    fix: 'Send ni sifre uten mellomrom: NO:ORGNR:313231593 eller NO:ORGNR:<hovedenhet>:<underenhet>.',
  },
  'hid-1005': {
    title: 'HID-1005: klienten kan oppgi en hovedenhet',
    fix: 'En single-tenant-klient får orgnr_parent fra registreringen sin: utelat strukturen, eller send bare en underenhet.',
  },
  'hid-1006': {
    title: 'HID-1006: klienten kan oppgi en underenhet',
    fix: 'Registrer klienten med underenhetene, eller utelat strukturen.',
  },
  'organization-structure': {
    title: 'En multi-tenant-klient oppgir overordnet enhet, ikke en underenhet alene',
    fix: 'Send identifikatoren med system urn:oid:1.0.6523 og verdien NO:ORGNR:<overordnet>:<underenhet>, eller registrer klienten som single-tenant.',
  },
  'hid-1007': {
    title: 'HID-1007: organisasjonsstrukturen følger spesifikasjonen',
    fix: 'Send claimet assertion_details slik HelseIDs side om organisasjonsnumre viser det, og ikke authorization_details ved siden av.',
  },
  'client-registration': {
    title: 'En klient registreres med feltene i kontroll-API-et',
    fix: 'Rett feltene som feilmeldingen nevner.',
  },
  'client-private-key': {
    title: 'En klient registreres bare med offentlige nøkler',
    fix: 'Fjern d, p, q, dp, dq og qi (RSA) eller d (EC) fra nøkkelen. Den private nøkkelen skal bli hos deg.',
  },
  'helseid-not-played': {
    title: 'Simulatoren støtter endepunktet',
    fix: 'Bruk client_credentials på /connect/token. JFT er for maskiner og har ingen brukerinnlogging.',
  },
  'ttt-request': {
    title: 'En forespørsel til Test Token Service har felt den kjenner, med verdier den godtar',
    fix: 'Rett feltene som feilmeldingen nevner.',
  },
  'ttt-unknown-field': {
    title: 'Feltene i en forespørsel til Test Token Service er felt den har',
    fix: 'Se etter en skrivefeil i navnet; utelat ellers feltet: det endret ingenting.',
  },
  'ttt-not-played': {
    title: 'Simulatoren støtter feltet i Test Token Service',
    fix: 'Utelat feltet; det endret ingenting.',
  },
} satisfies Partial<RuleTexts>
