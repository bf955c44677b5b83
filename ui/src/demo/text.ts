import { text } from '../text/text.ts'

/** What only the demo says. */
interface DemoText {
  readonly label: string
  readonly lead: string
  readonly fresh: string
  readonly notStarted: (reason: string) => string
}

const en: DemoText = {
  label: 'About this demo',
  lead: 'This is a demo: the simulator runs in your browser; nothing is sent anywhere.',
  fresh: 'It forgets everything on reload, and only this page reaches its URLs.',
  notStarted: (reason) =>
    `The simulator could not start in this browser. It needs Web Crypto, and so https or localhost. ${reason}`,
}

const nb: DemoText = {
  label: 'Om denne demoen',
  lead: 'Dette er en demo: simulatoren kjører i nettleseren din; ingenting sendes noe sted.',
  fresh: 'Den glemmer alt når siden lastes på nytt, og bare siden selv når adressene.',
  notStarted: (reason) =>
    `Simulatoren kunne ikke starte i denne nettleseren. Den trenger Web Crypto, og derfor https eller localhost. ${reason}`,
}

const dictionaries: Readonly<Record<string, DemoText>> = { en, nb }

/** The demo's texts in the language of the page. */
export const demoText: DemoText = dictionaries[text.lang] ?? en
