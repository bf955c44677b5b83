import type { RequirementOutcome } from './outcome.ts'
import type { Tested } from './report.ts'

/** Languages of the words around what is quoted. */
export const LANGUAGES = ['en', 'nb'] as const

export type Language = (typeof LANGUAGES)[number]

const en = {
  outcomes: {
    broken: 'broken',
    'not exercised': 'not exercised',
    'kept, partly checked': 'kept, partly checked',
    kept: 'kept',
    waived: 'waived',
    'not applicable': 'not applicable',
  } satisfies Record<RequirementOutcome, string>,
  verdicts: { passed: 'passed', failed: 'failed', 'not complete': 'not complete' },
  scenarioOutcomes: { passed: 'passed', failed: 'failed', skipped: 'skipped', 'not-reached': 'not reached' },
  tested: {
    simulator:
      'This tested the simulator itself, not your program: that is done by "jftsim verify", by --own-client, and another environment by --target.',
    target: 'This tested the environment that is named as the target.',
    program: 'This tested a program.',
  } satisfies Record<Tested, string>,
  about: {
    product: 'Product',
    version: 'Version',
    vendor: 'Vendor',
    organization: 'Organization',
    client: 'Client',
    tester: 'Tester',
  },
  requirements: 'Requirements',
  requirement: 'Requirement',
  /** After a number. */
  some: 'requirements',
  scenarios: 'Scenarios',
  outcome: 'Outcome',
  level: 'Level',
  levels: { must: 'must', should: 'should' },
  certainty: 'Certainty',
  certainties: { documented: 'documented', observed: 'observed', assumed: 'assumed' },
  topic: 'Topic',
  quote: 'Quote',
  source: 'Source',
  reason: 'Why',
  evidence: 'Evidence',
  shownBy: 'Shown by',
  target: 'Target',
  simulator: 'Simulator',
  program: 'Program',
  lastError: 'Last error',
  didNotHappen: 'Did not happen',
  seed: 'Seed',
  run: 'Run',
  duration: 'Duration',
  hash: 'SHA-256',
  own: 'Own requirements',
  show: 'Show',
  all: 'all',
  again: 'Again',
  proves: 'Proves',
  actsAs: 'Acts as',
  of: 'of',
  history: 'history',
  changed: 'Broken, or not the same in all runs',
  unchanged: 'The same in all runs',
}

/** What a report says in its own words. */
export type Words = typeof en

const nb: Words = {
  outcomes: {
    broken: 'brutt',
    'not exercised': 'ikke prøvd',
    'kept, partly checked': 'oppfylt, delvis sjekket',
    kept: 'oppfylt',
    waived: 'fritatt',
    'not applicable': 'ikke aktuelt',
  },
  verdicts: { passed: 'bestått', failed: 'ikke bestått', 'not complete': 'ikke fullstendig' },
  scenarioOutcomes: { passed: 'bestått', failed: 'feilet', skipped: 'hoppet over', 'not-reached': 'ikke nådd' },
  tested: {
    simulator:
      'Dette prøvde simulatoren selv, ikke programmet ditt: det gjør "jftsim verify" og --own-client, og et annet miljø prøves med --target.',
    target: 'Dette prøvde miljøet som er navngitt som mål.',
    program: 'Dette prøvde et program.',
  },
  about: {
    product: 'Produkt',
    version: 'Versjon',
    vendor: 'Leverandør',
    organization: 'Organisasjon',
    client: 'Klient',
    tester: 'Tester',
  },
  requirements: 'Krav',
  requirement: 'Krav',
  some: 'krav',
  scenarios: 'Scenarioer',
  outcome: 'Utfall',
  level: 'Nivå',
  levels: { must: 'må', should: 'bør' },
  certainty: 'Sikkerhet',
  certainties: { documented: 'dokumentert', observed: 'observert', assumed: 'antatt' },
  topic: 'Tema',
  quote: 'Sitat',
  source: 'Kilde',
  reason: 'Hvorfor',
  evidence: 'Bevis',
  shownBy: 'Vist av',
  target: 'Mål',
  simulator: 'Simulator',
  program: 'Program',
  lastError: 'Siste feil',
  didNotHappen: 'Skjedde ikke',
  seed: 'Frø',
  run: 'Kjørt',
  duration: 'Varighet',
  hash: 'SHA-256',
  own: 'Egne krav',
  show: 'Vis',
  all: 'alle',
  again: 'Igjen',
  proves: 'Beviser',
  actsAs: 'Opptrer som',
  of: 'av',
  history: 'historikk',
  changed: 'Brutt, eller ikke likt i alle kjøringer',
  unchanged: 'Likt i alle kjøringer',
}

const WORDS: Readonly<Record<Language, Words>> = { en, nb }

/** The words of a language; English where none is named. */
export function wordsOf(language: Language = 'en'): Words {
  return WORDS[language]
}
