import type { CureWords } from '../../../simulator/rules/cure.ts'

/** What VKP's corrections come to, in Norwegian (bokmål). */
export const CURE_NB: CureWords = {
  pitAccepts: 'PIT godtar det som det er. JFT og VKP har ikke noe endepunkt for det.',
  pitRejects: 'PIT avviser det. Ingenting foran PIT retter det på veien.',
  vkpRejects: 'VKP avviser det, så ingenting videresendes til JFT.',
  accepted: 'JFT godtar det som det er.',
  corrections: (count) => (count === 1 ? 'én rettelse' : `${count} rettelser`),
  acceptedBefore: (corrections, why) =>
    `JFT godtar det som det er, men ikke etter det VKP gjør (${corrections}): ${why}.`,
  noCorrection: (why) => `VKP har ingen rettelse for det: ${why}.`,
  notCured: (corrections, why) => `VKP gjør det ikke godt med ${corrections}: ${why}.`,
  cured: (corrections) => `VKP ordner det med ${corrections}: JFT godtar det VKP videresender.`,
  noPatch:
    'Det finnes ingen patch: teksten er ikke ren JSON, har et ekte fødselsnummer, eller blir bare god av en verdi som VKP endrer.',
  changed: (place, others) =>
    `VKP videresender en annen verdi enn den som ble sendt i ${place}${others === 0 ? '' : ` og ${others} til`}.`,
  reasons: {
    'r4-missing-element': 'et obligatorisk element mangler, og ingen kan vite hva det skal være',
    'r4-empty-object': 'ressursen har ikke noe innhold',
    'r4-bad-date': 'datoen har tidssone, som VKP lar passere og R4 ikke har',
    'r4-bad-datetime': 'tidspunktet mangler tidssone, eller datoen har en, og ingen kan vite hva som var ment',
    'r4-bad-instant': 'tidspunktet mangler klokkeslett, sekunder eller tidssone',
    'r4-bad-time': 'klokkeslettet har tidssone, som VKP lar passere og R4 ikke har',
    'r4-bad-code': 'koden har mellomrom inni seg',
    'r4-bad-id': 'id-en har tegn eller en lengde som R4 ikke tillater',
    'r4-bad-oid': 'oid-en har feil form',
    'r4-bad-uri': 'uri-en har feil form',
    'r4-bad-uuid': 'uuid-en har feil form',
    'r4-not-positive': 'tallet er ikke positivt',
    'r4-negative': 'tallet er negativt',
    'r4-string-too-long': 'teksten er for lang',
    'r4-nested-contained': 'en contained-ressurs har selv contained-ressurser',
    'json-too-deep': 'strukturen er for dyp',
    'http-size': 'det er for stort for JFT, men ikke for VKP',
    'jft-endpoint-type': 'JFT har ikke noe endepunkt for ressurstypen',
    'jft-bundle-type': 'Bundle er av en annen type enn den JFT tar imot',
    'identity-number-invalid': 'et fødselsnummer er ikke gyldig',
    'identity-number-real': 'et fødselsnummer er ikke syntetisk',
    'identity-number-synthetic': 'et fødselsnummer er ikke ekte',
    'vkp-not-forwarded': 'VKP avviser det, så ingenting videresendes',
  },
  setting: (message) => `innstillingen for rettelser lar det være som det er (${message})`,
}
