import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The import table of the house: which folder may import what. A room is the longest prefix that matches a file's path;
 * `allowed` are prefixes of project files, `packages` the packages. Tests may import more: they drive the whole.
 */
import { SHARED_WORDS } from '../vite.config.ts'
import { SURFACE_NAMES } from './ground/surfaces.ts'

interface Room {
  readonly path: string
  readonly allowed: readonly string[]
  readonly packages: readonly string[]
}

/** The floors of the simulator, lowest first: a floor may import those before it. */
const FLOORS = [
  'simulator/ground/',
  'simulator/rules/',
  'simulator/state/',
  'simulator/services/',
  'simulator/http/',
  'simulator/surfaces/',
]
const below = (floor: string) => FLOORS.slice(0, FLOORS.indexOf(floor) + 1)

/** How the simulator itself is a client of HelseID. Scenarios have their own: what judges is not what is judged. */
const HELSEID_CLIENT = 'simulator/services/tokens/helseid-client.ts'
/** How a record system writes a person down for others. */
const PATIENT_RESOURCE = 'simulator/services/population/patient.ts'
/** What is done in another thread, which loads no more than that. */
const JUDGING = 'simulator/services/judging.ts'
/** The public face of the control API: its types, and a client. */
const CONTROL_TYPES = 'simulator/surfaces/control/types.ts'
const CONTROL_CLIENT = 'simulator/surfaces/control/client.ts'
/** Texts, and numbers that stand for texts: nothing that knows of the simulator. */
const TEXT = ['simulator/ground/text/', 'simulator/ground/hash.ts']
/** An advice is data: the page says it by a table of its own. */
const ADVICE = 'simulator/rules/fixes/advice.ts'
/** What is played, as a table of names. */
const EVENT_TYPES = 'simulator/ground/event-types.ts'
const SERVICE_CODES = 'simulator/ground/service-codes.ts'
const SURFACE_TABLE = 'simulator/ground/surfaces.ts'

/**
 * The rooms of the dashboard, lowest floor first: one may import all of the floors below it, and of its own floor those that it
 * names. The first four are for all views; the shell, on top, puts the views together.
 */
const UI_FLOORS: readonly Readonly<Record<string, readonly string[]>>[] = [
  { text: [] },
  { data: [] },
  { parts: [] },
  { answer: [], lanes: [] },
  {
    compare: [],
    environment: [],
    events: [],
    persons: [],
    rules: [],
    traffic: [],
    validate: [],
    // What was rejected, and what a step sent, is shown as an exchange.
    rejected: ['traffic'],
    scenarios: ['traffic'],
    overview: ['events', 'rejected'],
  },
  { shell: [] },
]

/** What the dashboard has of the simulator: types, and tables and functions that both must have alike. */
const UI_TABLES = [
  CONTROL_TYPES,
  ADVICE,
  'simulator/rules/fixes/advice-en.ts',
  // Whose verdict counts, and what it comes to, is said in one place.
  'simulator/rules/addressee.ts',
  'simulator/rules/cure.ts',
  EVENT_TYPES,
  SURFACE_TABLE,
  // A command to copy must be as safe in the dashboard as anywhere: it is written by the same hand.
  'simulator/ground/text/',
  // What is offered while one writes a search is what the server finds by.
  'simulator/surfaces/control/searchable.ts',
]

const UI_ALSO: Readonly<Record<string, readonly string[]>> = {
  // A fix leaves everything else of a payload as it was sent, so the text is read by the reader that keeps places, and edited as
  // the simulator edits it.
  answer: [
    'simulator/rules/json/json-text.ts',
    'simulator/rules/json/edits.ts',
    'simulator/rules/fixes/text-edits.ts',
    SERVICE_CODES,
  ],
  // The view of scenarios plays packs in the browser, with the runner that `jftsim run` has; it is loaded when it is opened.
  scenarios: ['scenarios/', CONTROL_CLIENT],
}

const UI_COMPONENTS = ['react', 'react-dom', '@tanstack/', '@digdir/']
const UI_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  text: [],
  data: ['react', '@tanstack/'],
  // The editor is loaded when it is first shown.
  parts: [...UI_COMPONENTS, '@codemirror/', '@lezer/highlight'],
  answer: [...UI_COMPONENTS, 'diff'],
  events: [...UI_COMPONENTS, 'htmlparser2'],
  scenarios: [...UI_COMPONENTS, 'zod'],
}

const ROOMS: readonly Room[] = [
  { path: 'simulator/ground/', allowed: below('simulator/ground/'), packages: ['zod'] },
  { path: 'simulator/rules/', allowed: below('simulator/rules/'), packages: [] },
  // @msw/data, zod: the few persons of the population are kept in collections with schemas.
  { path: 'simulator/state/', allowed: below('simulator/state/'), packages: ['@msw/data', 'zod'] },
  // rfc6902: a patch that an answer gives was applied by somebody else's code before.
  { path: 'simulator/services/', allowed: below('simulator/services/'), packages: ['jose', 'zod', 'rfc6902'] },
  // hono/html: HTML that is escaped by default.
  { path: 'simulator/http/', allowed: below('simulator/http/'), packages: ['jose', 'zod', 'hono/html'] },
  ...SURFACE_NAMES.map((name) => ({
    path: `simulator/surfaces/${name}/`,
    allowed: [...below('simulator/http/'), `simulator/surfaces/${name}/`],
    packages: ['jose', 'zod'],
  })),
  // A robot is a client: it uses the doors that any client has, and knows of the core the clock, who exists and how they are
  // written down, and how a client asks HelseID.
  {
    path: 'simulator/robots/',
    allowed: ['simulator/robots/', HELSEID_CLIENT, PATIENT_RESOURCE, 'simulator/state/', 'simulator/ground/'],
    packages: ['jose', 'zod'],
  },
  {
    path: 'simulator/adapters/',
    allowed: [
      'simulator/adapters/',
      'simulator/index.ts',
      'simulator/open-simulator.ts',
      CONTROL_TYPES,
      CONTROL_CLIENT,
      HELSEID_CLIENT,
      JUDGING,
    ],
    packages: ['node:', '@hono/node-server', 'msw', 'prom-client'],
  },
  // What keeps state is a matter of the platform: each library is loaded when it is asked for.
  {
    path: 'simulator/adapters/database/',
    allowed: [
      'simulator/adapters/database/',
      'simulator/adapters/built.ts',
      'simulator/adapters/missing-package.ts',
      'simulator/open-simulator.ts',
    ],
    packages: ['node:', 'pg', '@electric-sql/pglite'],
  },
  { path: 'simulator/', allowed: ['simulator/'], packages: ['jose', 'zod'] },
  {
    path: 'cli/',
    allowed: [
      'cli/',
      'simulator/adapters/',
      'simulator/index.ts',
      CONTROL_TYPES,
      CONTROL_CLIENT,
      SURFACE_TABLE,
      ...TEXT,
      // A command that says its version, or is only looked up, does not load the simulator.
      'simulator/ground/version.ts',
      'scenarios/',
      'fixtures/',
      'conformance/library/',
    ],
    packages: ['node:', 'commander', '@bomb.sh/tab', 'zod', '@modelcontextprotocol/sdk', '@peculiar/x509', 'undici'],
  },
  // The proxy signs for the clients whose keys it has.
  {
    path: 'cli/recording/',
    allowed: ['cli/', 'simulator/index.ts', CONTROL_TYPES, SURFACE_TABLE, ...TEXT, 'scenarios/'],
    packages: ['node:', 'zod', 'jose'],
  },
  // Asks the real library in a process of its own, and knows nothing of the simulator.
  { path: 'conformance/library/', allowed: ['conformance/library/'], packages: ['node:'] },
  // Compares the validators themselves with it, on payloads that are made by the validators' table and the fixtures.
  {
    path: 'conformance/',
    allowed: ['conformance/', 'simulator/rules/', 'fixtures/'],
    packages: ['node:', 'commander', 'yaml'],
  },
  {
    path: 'scenarios/',
    // A name that was meant is found the same way everywhere, and both sides cite the same documents.
    allowed: [
      'scenarios/',
      'fixtures/',
      CONTROL_TYPES,
      CONTROL_CLIENT,
      ...TEXT,
      SURFACE_TABLE,
      EVENT_TYPES,
      'simulator/ground/documents.ts',
    ],
    packages: ['jose', 'zod', 'yaml', 'fhirpath', 'diff', 'fhir/r4.js', 'hono/html', 'papaparse', 'write-excel-file'],
  },
  { path: 'fixtures/', allowed: ['fixtures/'], packages: ['fishery', '@faker-js/faker', 'fhir/r4.js'] },
  // Tests of a vendor's own, which have the simulator as an installed package, and a test runner.
  {
    path: 'examples/javascript/',
    allowed: [],
    packages: ['jft-simulator', 'jft-simulator/fixtures', 'jft-simulator/msw', 'vitest', '@jest/globals'],
  },
  // Models for vendors: they know no more of the simulator than of the real services. Their bugs are for its own tests.
  {
    path: 'examples/',
    allowed: ['examples/'],
    packages: ['node:', 'openid-client', 'fhir-kit-client', 'jose', 'fhir/r4.js'],
  },
  ...UI_FLOORS.flatMap((rooms, floor) =>
    Object.entries(rooms).map(([room, beside]) => ({
      path: `ui/src/${room}/`,
      allowed: [
        ...UI_FLOORS.slice(0, floor).flatMap((below) => Object.keys(below).map((one) => `ui/src/${one}/`)),
        ...[room, ...beside].map((one) => `ui/src/${one}/`),
        ...UI_TABLES,
        ...(UI_ALSO[room] ?? []),
      ],
      packages: UI_PACKAGES[room] ?? UI_COMPONENTS,
    })),
  ),
  { path: 'ui/src/', allowed: ['ui/src/shell/'], packages: [] },
  {
    // The demo has no server: its page starts the simulator, by the same door as any page that uses msw.
    path: 'ui/src/demo/',
    allowed: ['ui/src/demo/', 'ui/src/shell/', 'ui/src/data/', 'ui/src/text/', 'simulator/adapters/msw-browser.ts'],
    packages: ['msw'],
  },
  {
    path: 'e2e/',
    // The sample of what is tried is one for all tests.
    allowed: ['e2e/', 'fixtures/', 'scripts/chromium.mjs', 'simulator/sample.fixture.ts'],
    packages: ['@playwright/test', 'node:', 'jose', 'rfc6902'],
  },
  // Browsers that Playwright does not drive as they are installed.
  {
    path: 'e2e/smoke/',
    allowed: ['e2e/', 'fixtures/', 'scripts/'],
    packages: ['@playwright/test', 'puppeteer-core', 'selenium-webdriver', 'node:', 'rfc6902'],
  },
]

const ROOT = resolve(import.meta.dirname, '..')
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/g
const isTest = (file: string) => /\.(test|fixture|spec)\.tsx?$/.test(file)

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8')
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function roomOf(file: string): Room | undefined {
  return ROOMS.filter(({ path }) => file.startsWith(path)).sort((a, b) => b.path.length - a.path.length)[0]
}

function mayImport(file: string, name: string): boolean {
  const room = roomOf(file)
  if (!room) return false
  if (!name.startsWith('.'))
    return room.packages.some(
      (one) => name === one || name.startsWith(`${one}/`) || (/[:/]$/.test(one) && name.startsWith(one)),
    )
  const target = relative(ROOT, resolve(ROOT, dirname(file), name))
  return room.allowed.some((prefix) => target.startsWith(prefix)) || /\.css$/.test(target)
}

const FOLDERS = ['cli', 'simulator', 'scenarios', 'fixtures', 'examples', 'ui/src', 'e2e', 'conformance']
const SOURCES = FOLDERS.flatMap(filesBelow).filter((file) => !isTest(file))
const CORE = SOURCES.filter((file) => file.startsWith('simulator/') && !file.startsWith('simulator/adapters/'))

describe('the house', () => {
  test('imports go only where the table allows', () => {
    const wrong = SOURCES.flatMap((file) =>
      importsOf(file)
        .filter((name) => !mayImport(file, name))
        .map((name) => `${file} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('what stands behind the ports is known to the composition root alone', () => {
    const knowing = CORE.filter((file) => !/^simulator\/state\/(?:memory|sql)\//.test(file)).filter((file) =>
      importsOf(file).some((name) => /state\/(?:memory|sql)\/|^\.\/(?:memory|sql)\//.test(name)),
    )
    // The index has the one that a platform keeps its keys with.
    expect(knowing.sort()).toEqual(['simulator/create-world.ts', 'simulator/index.ts', 'simulator/open-simulator.ts'])
  })

  test.each([
    ['a wall clock', /\bDate\.now\(\)|\bnew Date\(\)|performance\.now\(\)/, ['simulator/ground/clock.ts']],
    [
      'the global fetch',
      /(?<![.\w])fetch\(/,
      ['simulator/http/swagger/swagger-script.ts', 'simulator/surfaces/control/export-exchange.ts'],
    ],
    ['a timer', /\bset(?:Timeout|Interval)\(/, ['simulator/ground/clock.ts']],
    ['the console', /\bconsole\./, []],
  ])('the core does not use %s', (_name, pattern, except) => {
    const using = CORE.filter((file) => !except.includes(file as never))
      .filter((file) => pattern.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))))
      .filter((file) => !file.endsWith('.generated.ts'))
    expect(using).toEqual([])
  })

  test('the rules are pure: no crypto, no Request, no Response', () => {
    const impure = CORE.filter((file) => file.startsWith('simulator/rules/') && !file.endsWith('.generated.ts')).filter(
      (file) =>
        /\bcrypto\b|\bnew (Request|Response)\(|: (Request|Response)\b/.test(
          withoutComments(readFileSync(join(ROOT, file), 'utf8')),
        ),
    )
    expect(impure).toEqual([])
  })

  test('services know nothing of HTTP: no Request, Response, Headers or Rejection', () => {
    const speaking = CORE.filter((file) => file.startsWith('simulator/services/')).filter((file) =>
      /\b(Request|Response|Headers|Rejection)\b/.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))),
    )
    expect(speaking).toEqual([])
  })

  test('no circle of imports at run time: each module has all that it imports when its own code runs', () => {
    expect(circleIn(['simulator', 'cli', 'scenarios', 'ui', 'fixtures', 'conformance'])).toEqual([])
  })

  test('the Norwegian texts, for which the page waits, need nothing that is part of the page', () => {
    const texts = SOURCES.filter((file) =>
      /^ui\/src\/(?:text|scenarios)\/(?:norwegian|nb|\S+-nb|rules-nb\/\S+)\.ts$/.test(file),
    )
    const needed = new Set(texts)
    for (const file of needed) for (const one of loadedBy(file)) needed.add(one)
    expect([...needed].filter((file) => !texts.includes(file) && !SHARED_WORDS.test(file))).toEqual([])
  })

  test('no file is longer than 400 lines, tables aside', () => {
    const long = SOURCES.filter(
      (file) => !/generated|catalogue|assumptions|documents\.ts|ui\/src\/text\//.test(file),
    ).filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 400)
    expect(long).toEqual([])
  })
})

/** Imports that are gone at run time: of types, as a whole or one by one. */
const TYPES_ONLY = /^(?:import|export) type\b|^(?:import|export) \{(?:\s*type [^,}]*,?)+\s*\}/

/** What a file imports, or exports from, when it is loaded; not what it loads later, by `import()`. */
function loadedBy(file: string): string[] {
  const source = withoutComments(readFileSync(join(ROOT, file), 'utf8'))
  return [...source.matchAll(/(?:^|\n)\s*((?:import|export)\s(?:[^'"]*?from\s+)?'(\.[^']+)')/g)]
    .filter(([, statement = '']) => !TYPES_ONLY.test(statement))
    .map(([, , name = '']) => relative(ROOT, resolve(ROOT, dirname(file), name)))
}

/** The files of a circle of imports in these folders, from its first back to it; empty where there is none. */
function circleIn(folders: readonly string[]): readonly string[] {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file) || !SOURCES.includes(file)) return []
    const circle = loadedBy(file).reduce<readonly string[]>(
      (found, next) => (found.length > 0 ? found : visit(next, [...path, file])),
      [],
    )
    done.add(file)
    return circle
  }
  const files = SOURCES.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)))
  return files.reduce<readonly string[]>((found, file) => (found.length > 0 ? found : visit(file, [])), [])
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
