import type { CompareText } from './compare-en.ts'

/** The texts of the comparison of two requests, in Norwegian. */
export const compareNb: CompareText = {
  heading: (first, second) => `${first} sammenlignet med ${second}`,
  choose: (first) => `Sammenlign ${first} med`,
  back: 'Tilbake til forespørselen',
  swap: 'Bytt om',
  same: 'Ingen forskjell',
  absent: 'finnes ikke',
  name: 'Navn',
  whole: 'hele innholdet',
  more: (count) => `${count} forskjeller til er ikke listet opp.`,
  parts: {
    request: 'Forespørsel og svar',
    headers: 'Headere i forespørselen',
    token: 'Claims i tilgangstokenet',
    proof: 'Claims i DPoP-beviset',
    body: 'Innholdet i forespørselen, etter JSON Pointer',
    steps: 'Steg',
    answerHeaders: 'Headere i svaret',
    answerBody: 'Innholdet i svaret, etter JSON Pointer',
  },
  facts: {
    method: 'metode',
    url: 'URL',
    status: 'status',
    time: 'tidspunkt',
    milliseconds: 'millisekunder',
    client: 'klient',
    municipality: 'kommune',
  },
}
