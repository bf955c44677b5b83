import type { RuleTexts } from './rule-text.ts'

/** HTTP, and the simulator's own API. */
export const httpRules = {
  'http-host': {
    title: 'Host-header med et navn som simulatoren ikke svarer for',
    fix: 'Kall localhost med simulatorens port, eller et av de ekte vertsnavnene; eller sett publicUrl til navnet du bruker.',
  },
  'http-request': {
    title: 'Ødelagt eller for sen HTTP/1.1-forespørsel',
    fix: 'La et HTTP-bibliotek skrive forespørselen; hold headerne under 16 KiB til sammen, og send hele forespørselen på én gang.',
  },
  'http-path': {
    title: 'Ukjent sti',
    fix: 'Bruk en av stiene som feilmeldingen lister opp.',
  },
  'http-path-form': {
    title: 'Sti skrevet på en annen måte enn i dokumentene',
    fix: 'Kall stien som meldingen nevner.',
  },
  'http-header-without-effect': {
    title: 'Header uten virkning på dette API-et',
    fix: 'Ikke stol på headeren: husk hva som er sendt, og se etter før det sendes på nytt.',
  },
  'http-method': {
    title: 'Metode som ikke er tillatt på denne stien',
    fix: 'Bruk en metode fra Allow-headeren.',
  },
  'http-size': {
    title: 'For stort innhold',
    fix: 'Send mindre: utelat vedlegg, eller del opp hendelsen.',
  },
  'http-content-type': {
    title: 'Content-Type som endepunktet ikke godtar',
    fix: 'Send headeren Content-Type: application/json.',
  },
  'http-content-coding': {
    title: 'Komprimert innhold, der bare ukomprimert blir lest',
    fix: 'Send innholdet som det er, uten Content-Encoding: slå av komprimering av forespørsler i HTTP-klienten.',
  },
  'http-body': {
    title: 'Innhold i en annen form enn endepunktet krever',
    fix: 'Send det feilmeldingen nevner.',
  },
  'http-encoding': {
    title: 'JSON-innhold i en annen koding enn UTF-8',
    fix: 'Skriv og send teksten som UTF-8.',
  },
  'http-parameter': {
    title: 'Ukjent parameter i spørrestrengen, eller en verdi som ikke godtas',
    fix: 'Bruk parameterne som feilmeldingen nevner.',
  },
  'http-origin': {
    title: 'Skriving fra en nettside med et annet opphav (origin)',
    fix: 'Kall simulatoren fra dashbordet eller fra et program, ikke fra en annen nettside.',
  },
  'sim-sandbox': {
    title: 'Ukjent sandkasse',
    fix: 'Opprett sandkassen før den første forespørselen til den.',
  },
  'sim-event-memory': {
    title: 'Ikke mer minne til hendelser',
    fix: 'Nullstill simulatoren, eller øk limits.eventBytes.',
  },
  'sim-store': {
    title: 'Database utenfor rekkevidde',
    fix: 'Send forespørselen på nytt etter Retry-After; se at databasen kjører og kan nås.',
  },
  'sim-fault': {
    title: 'Feil i selve simulatoren',
    fix: 'Meld fra om feilen, og legg ved forespørselen fra loggen.',
  },
} satisfies Partial<RuleTexts>
