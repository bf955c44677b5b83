import type { RuleTexts } from '../rule-text.ts'

/** Injected faults. */
export const faultRules = {
  'injected-400': {
    title: 'Forespørselen er slik tjenesten vil ha den (innlagt feil)',
    fix: 'Ikke gjenta forespørselen slik den er: ta vare på den, og si fra til den som kan rette den.',
  },
  'injected-401': {
    title: 'Tilgangstokenet er ikke utløpt (innlagt feil)',
    fix: 'Hent et nytt token og send forespørselen én gang til, med et nytt bevis; stopp og si fra hvis svaret igjen er 401.',
  },
  'injected-403': {
    title: 'Den som kaller, har tilgang (innlagt feil)',
    fix: 'Ikke gjenta forespørselen: si fra til den som administrerer tilgangen.',
  },
  'injected-404': {
    title: 'Det forespørselen nevner, finnes (innlagt feil)',
    fix: 'Gjelder det en hendelse som nettopp ble godtatt, spør igjen senere; ellers si fra.',
  },
  'injected-413': {
    title: 'Innholdet er ikke for stort (innlagt feil)',
    fix: 'Ikke gjenta forespørselen som den er: legg hendelsen til side, og si fra.',
  },
  'injected-429': {
    title: 'Den som kaller, sender ikke for mange forespørsler (innlagt feil)',
    fix: 'Vent så lenge som Retry-After sier, og send så forespørselen på nytt.',
  },
  'injected-500': {
    title: 'Tjenesten svikter ikke (innlagt feil)',
    fix: 'Ta vare på det som skulle sendes, og prøv noen ganger til med stadig lengre pauser; det kan ha blitt lagret.',
  },
  'injected-502': {
    title: 'Gatewayen når frem til tjenesten (innlagt feil)',
    fix: 'Ta vare på det som skulle sendes, og prøv noen ganger til med stadig lengre pauser; det kan ha blitt lagret.',
  },
  'injected-503': {
    title: 'Tjenesten er tilgjengelig (innlagt feil)',
    fix: 'Vent så lenge som Retry-After sier, og send så forespørselen på nytt.',
  },
  'injected-507': {
    title: 'Tjenesten har plass til mer (innlagt feil)',
    fix: 'Ta vare på det som skulle sendes, og prøv noen ganger til med stadig lengre pauser.',
  },
  'injected-call': {
    title: 'Simulatorens egne kall rammes ikke (innlagt feil)',
    fix: 'Fjern den innlagte feilen, eller oppgi et API eller en klient i den.',
  },
  'injected-nonce': {
    title: 'Beviset har en nonce fra API-et (innlagt feil)',
    fix: 'Lag et nytt bevis med verdien i DPoP-Nonce-headeren som nonce, og send forespørselen én gang til.',
  },
} satisfies Partial<RuleTexts>
