import type { RuleTexts } from './rule-text.ts'

/** Injected faults. */
export const faultRules = {
  'injected-400': {
    title: 'Ugyldig forespørsel (simulert feil)',
    fix: 'Ikke gjenta forespørselen slik den er: ta vare på den, og si fra til den som kan rette den.',
  },
  'injected-401': {
    title: 'Utløpt tilgangstoken (simulert feil)',
    fix: 'Hent et nytt token og send forespørselen én gang til, med et nytt bevis; stopp og si fra hvis svaret igjen er 401.',
  },
  'injected-403': {
    title: 'Ikke tilgang (simulert feil)',
    fix: 'Ikke gjenta forespørselen: si fra til den som administrerer tilgangen.',
  },
  'injected-404': {
    title: 'Ikke funnet (simulert feil)',
    fix: 'Gjelder det en hendelse som nettopp ble godtatt, spør igjen senere; ellers si fra.',
  },
  'injected-413': {
    title: 'For stort innhold (simulert feil)',
    fix: 'Ikke gjenta forespørselen som den er: legg hendelsen til side, og si fra.',
  },
  'injected-429': {
    title: 'For mange forespørsler (simulert feil)',
    fix: 'Vent så lenge som Retry-After sier, og send så forespørselen på nytt.',
  },
  'injected-500': {
    title: 'Feil i tjenesten (simulert feil)',
    fix: 'Ta vare på det som skulle sendes, og prøv noen ganger til med stadig lengre pauser; det kan ha blitt lagret.',
  },
  'injected-502': {
    title: 'Tjeneste utenfor gatewayens rekkevidde (simulert feil)',
    fix: 'Ta vare på det som skulle sendes, og prøv noen ganger til med stadig lengre pauser; det kan ha blitt lagret.',
  },
  'injected-503': {
    title: 'Utilgjengelig tjeneste (simulert feil)',
    fix: 'Vent så lenge som Retry-After sier, og send så forespørselen på nytt.',
  },
  'injected-507': {
    title: 'Ikke mer lagringsplass (simulert feil)',
    fix: 'Ta vare på det som skulle sendes, og prøv noen ganger til med stadig lengre pauser.',
  },
  'injected-call': {
    title: 'Simulert feil i et av simulatorens egne kall',
    fix: 'Fjern den innlagte feilen, eller oppgi et API eller en klient i den.',
  },
  'injected-nonce': {
    title: 'DPoP-bevis uten nonce fra API-et (simulert feil)',
    fix: 'Lag et nytt bevis med verdien i DPoP-Nonce-headeren som nonce, og send forespørselen én gang til.',
  },
} satisfies Partial<RuleTexts>
