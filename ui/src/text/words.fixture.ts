/** What each word of the page means: one word for one thing. */
export const MEANINGS = {
  request: 'one HTTP request with its answer, as the journal keeps it',
  event: 'what a vendor submits to JFT',
  error: 'what is wrong in a request',
  rejected: 'answered with an error',
  'simulated failure': 'what a service does wrong because somebody ordered it',
  cause: 'the same error at the same element, in any number of requests',
  correction: 'what VKP changes in what it forwards',
  fix: 'what one does about an error',
  environment: 'clock, sandboxes, clients, routes and simulated failures',
} as const

/** Words that the page does not use, in English, and which it uses instead. */
export const BANNED_EN: readonly (readonly [RegExp, string])[] = [
  [/\bfaults?\b/i, 'error, or simulated failure'],
  [/\brefus(?:e|ed|al|als)\b/i, 'rejected'],
  [/\bexchanges?\b/i, 'request'],
  [/\banew\b/i, 'again, recreated'],
  [/\bcures?\b/i, 'fix, correct'],
  [/\binject(?:ed)?\b/i, 'simulated'],
  [/\bworld\b/i, 'environment'],
  [/\bblanks?\b/i, 'spaces'],
  [/\btake away\b/i, 'remove'],
  [/\bforget everything\b/i, 'reset'],
]

/** The same for Norwegian. */
export const BANNED_NB: readonly (readonly [RegExp, string])[] = [
  [/\binnlagte? feil\b/i, 'simulert feil'],
  [/\bverden\b/i, 'miljø'],
  [/\bblanke tegn\b/i, 'mellomrom'],
  [/\bbelegg\b/i, 'sendt og forventet'],
  [/\bla den gå\b/i, 'fortsett'],
  [/\bså fort\b/i, 'hastighet'],
  [/\bta vare på\b/i, 'lagre'],
  [/\bfault|\bexchange|\brejected\b/i, 'norsk'],
]

/** A title is a heading that names the error. What makes a sentence of one, and so a statement of what should hold, by language. */
export const STATEMENTS = {
  en: /(?<!\p{L})(?:is|are|was|has|have|must|may|can|cannot|does|says|names|takes|exists|reaches|accepts|forwards|keeps|fits|lives|finds|knows|lets|follows|comes|gets)(?!\p{L})/iu,
  nb: /(?<!\p{L})(?:er|var|har|må|kan|skal|blir|finnes|finner|nevner|tar|kommer|godtar|oppgir|gjelder|når|støtter|svikter|sender|svarer|får|lar|følger|varer|tilhører|registreres|brukes)(?!\p{L})/iu,
} as const

/** What follows says something of the noun before, and makes no sentence: "body that is not a Patient". */
export const CLAUSES = {
  en: /(?<!\p{L})(?:that|which|where)(?!\p{L}).*/iu,
  nb: /(?<!\p{L})(?:som|der)(?!\p{L}).*/iu,
} as const
