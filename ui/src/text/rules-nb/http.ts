import type { RuleTexts } from '../rule-text.ts'

/** HTTP, and the simulator's own API. */
export const httpRules = {
  'http-host': {
    title: 'Host-headeren nevner en vert som simulatoren svarer for',
    fix: 'Kall localhost med simulatorens port, eller et av de ekte vertsnavnene; eller sett publicUrl til navnet du bruker.',
  },
  'http-request': {
    title: 'Det som kommer, er en forespørsel i HTTP/1.1, hel og i tide',
    fix: 'La et HTTP-bibliotek skrive forespørselen; hold headerne under 16 KiB til sammen, og send hele forespørselen på én gang.',
  },
  'http-path': {
    title: 'Stien finnes på dette API-et',
    fix: 'Bruk en av stiene som feilmeldingen lister opp.',
  },
  'http-path-form': {
    title: 'En sti er skrevet slik dokumentene skriver den',
    fix: 'Kall stien som meldingen nevner.',
  },
  'http-header-without-effect': {
    title: 'Ingen header ber om noe API-et ikke gjør',
    fix: 'Ikke stol på headeren: husk hva som er sendt, og se etter før det sendes på nytt.',
  },
  'http-method': {
    title: 'Metoden er en av dem stien har',
    fix: 'Bruk en metode fra Allow-headeren.',
  },
  'http-size': {
    title: 'Innholdet er ikke større enn grensen',
    fix: 'Send mindre: utelat vedlegg, eller del opp hendelsen.',
  },
  'http-content-type': {
    title: 'Content-Type er en av dem endepunktet tar imot',
    fix: 'Send headeren Content-Type: application/json.',
  },
  'http-content-coding': {
    title: 'Innholdet er ikke komprimert',
    fix: 'Send innholdet som det er, uten Content-Encoding: slå av komprimering av forespørsler i HTTP-klienten.',
  },
  'http-body': {
    title: 'Innholdet er slik endepunktet krever',
    fix: 'Send det feilmeldingen nevner.',
  },
  'http-encoding': {
    title: 'JSON-innhold er kodet i UTF-8',
    fix: 'Skriv og send teksten som UTF-8.',
  },
  'http-parameter': {
    title: 'Endepunktet har parameteren i spørrestrengen, og godtar verdien',
    fix: 'Bruk parameterne som feilmeldingen nevner.',
  },
  'http-origin': {
    title: 'En nettside fra et annet opphav (origin) kan ikke skrive til simulatoren',
    fix: 'Kall simulatoren fra dashbordet eller fra et program, ikke fra en annen nettside.',
  },
  'sim-sandbox': {
    title: 'Sandkassen finnes',
    fix: 'Opprett sandkassen før den første forespørselen til den.',
  },
  'sim-event-memory': {
    title: 'Det er minne til hendelsen',
    fix: 'Nullstill simulatoren, eller øk limits.eventBytes.',
  },
  'sim-store': {
    title: 'Simulatoren når databasen sin',
    fix: 'Send forespørselen på nytt etter Retry-After; se at databasen kjører og kan nås.',
  },
  'sim-fault': {
    title: 'Simulatoren selv sviktet',
    fix: 'Meld fra om feilen, og legg ved forespørselen fra loggen.',
  },
} satisfies Partial<RuleTexts>
