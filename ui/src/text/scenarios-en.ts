/** The texts of the view of scenarios in English: loaded with the view. */
export const scenariosEn = {
  heading: 'Scenarios',
  lead: 'Contract tests: each takes place in a sandbox of its own, against the simulator that serves this page.',
  tabs: { run: 'Run', requirements: 'Requirements', own: 'Your own pack' } as Readonly<Record<string, string>>,
  parts: 'Parts of the view',
  elsewhere: 'Scenarios run where the simulator calls itself. Open this page there:',

  placeholder: 'is:failed requirement:write-202 pack:… or any words',
  tree: 'Packs and scenarios',
  back: 'All scenarios',
  runAll: (count: number) => `Run all ${count}`,
  runFound: (count: number) => `Run the ${count} found`,
  runFailed: (count: number) => `Run the ${count} failed again`,
  runPack: (pack: string) => `Run ${pack}`,
  run: 'Run',
  stop: 'Stop',
  seed: 'Seed',
  seedNote: 'The same seed makes the same payloads.',

  outcomes: {
    passed: 'passed',
    failed: 'failed',
    skipped: 'skipped',
    running: 'running',
    waiting: 'waits for your client',
    'not-run': 'not run',
    'not-reached': 'not reached',
  } as Readonly<Record<string, string>>,
  of: (passed: number, all: number) => `${passed} of ${all} passed`,
  progress: 'Progress',
  progressOf: (done: number, total: number) => `${done} of ${total}`,
  counts: (passed: number, failed: number, skipped: number) => `${passed} passed, ${failed} failed, ${skipped} skipped`,
  done: 'Done',
  took: (time: string) => `in ${time}`,
  broke: 'The run broke off',
  log: 'As they ended',
  nothing: 'Nothing was run yet',
  nothingLead: 'Run all, one pack, or choose a scenario.',
  unknown: 'There is no such scenario',
  unknownLead: 'It may be of a pack of your own: paste it anew.',

  facts: (party: string, file: string, line: number) => `Acts as ${party}. ${file}, line ${line}.`,
  seedOf: (seed: string) => `Seed ${seed}.`,
  again: 'in a shell',
  proves: 'What it proves',
  steps: 'Steps',
  line: (line: number) => `line ${line}`,
  expected: 'expected',
  actual: 'actual',
  unchecked: (parts: string) => `Not checked at this target: ${parts}`,
  forToken: 'for a token',
  noAnswer: 'no answer',
  open: 'Open in Traffic',
  newTab: 'opens in a new tab',
  definition: 'As the pack has it',

  requirementsLead: 'What the documents demand, and whether the scenarios that were run show that it is kept.',
  requirementOutcomes: {
    kept: 'kept',
    broken: 'broken',
    'not exercised': 'not exercised',
  } as Readonly<Record<string, string>>,
  filter: 'Outcome',
  requirementList: 'Requirements',
  shownBy: 'Shown by',
  noRequirements: 'Nothing was run yet',
  noRequirementsLead: 'The requirements that scenarios prove are listed here when they have been run.',

  ownLead: 'Paste or drop a pack as YAML. It is checked as you type, and stands among the packs when it has no faults.',
  ownLabel: 'Your own pack',
  ownDrop: 'Drop a file here, or paste',
  ownSample: 'An example',
  ownClear: 'Clear',
  ownFaults: (count: number) => (count === 1 ? '1 fault' : `${count} faults`),
  ownGoTo: (line: number, column: number) => `Go to line ${line}, column ${column}`,
  ownFine: (pack: string, count: number) =>
    `${pack} has no faults: ${count === 1 ? '1 scenario' : `${count} scenarios`}.`,
  ownShow: 'To its scenarios',

  download: 'Download',
  downloads: { html: 'HTML', junit: 'JUnit', json: 'JSON', 'test-report': 'FHIR TestReport' } as Readonly<
    Record<string, string>
  >,
}

/** The texts of the view of scenarios: the shape of a dictionary. */
export type ScenariosText = typeof scenariosEn
