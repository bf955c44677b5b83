import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The import table of the house: which folder may import what. A room is the longest prefix that matches a file's path;
 * `allowed` are prefixes of project files, `packages` the packages. Tests may import more: they drive the whole.
 */
interface Room {
  readonly path: string
  readonly allowed: readonly string[]
  readonly packages: readonly string[]
}

const ROOMS: readonly Room[] = [
  { path: 'simulator/ground/', allowed: ['simulator/ground/'], packages: [] },
  { path: 'simulator/rules/', allowed: ['simulator/rules/', 'simulator/ground/'], packages: [] },
  // @msw/data, zod: the few persons of the population are kept in collections with schemas.
  { path: 'simulator/store/', allowed: ['simulator/store/', 'simulator/rules/'], packages: ['@msw/data', 'zod'] },
  // A robot is a client: it uses the doors that any client has, and knows of the core only the clock and who exists.
  {
    path: 'simulator/robots/',
    allowed: ['simulator/robots/', 'simulator/world.ts', 'simulator/store/population'],
    packages: ['jose', 'zod'],
  },
  {
    path: 'simulator/surfaces/',
    allowed: [
      'simulator/surfaces/',
      'simulator/rules/',
      'simulator/ground/',
      'simulator/store/',
      'simulator/world.ts',
      'simulator/origins.ts',
      'simulator/clock.ts',
      'simulator/assumptions.ts',
      'simulator/options.ts',
      'simulator/ready-made-clients.ts',
    ],
    // rfc6902: a patch that an answer gives was applied by somebody else's code before.
    packages: ['jose', 'zod', 'rfc6902'],
  },
  {
    path: 'simulator/adapters/cli/',
    allowed: [
      'simulator/adapters/',
      'simulator/index.ts',
      'simulator/surfaces/control-types.ts',
      'scenarios/',
      'fixtures/',
    ],
    packages: ['node:', 'commander'],
  },
  {
    path: 'simulator/adapters/',
    // The types of the control API are its public face; the client in scenarios is how a token is got over HTTP.
    allowed: [
      'simulator/adapters/',
      'simulator/index.ts',
      'simulator/surfaces/control-types.ts',
      'scenarios/helseid-client.ts',
    ],
    packages: ['node:', '@hono/node-server', 'msw'],
  },
  {
    path: 'simulator/',
    allowed: ['simulator/'],
    packages: ['jose', 'zod'],
  },
  {
    path: 'scenarios/',
    // The types of the control API are its public face; a name that was meant is found the same way everywhere, and so is a
    // document, which both sides cite.
    allowed: [
      'scenarios/',
      'fixtures/',
      'simulator/surfaces/control-types.ts',
      'simulator/surfaces/suggest.ts',
      'simulator/ground/documents.ts',
    ],
    packages: ['jose', 'zod', 'yaml', 'fhirpath', 'diff', 'fhir/r4.js'],
  },
  { path: 'fixtures/', allowed: ['fixtures/'], packages: ['fishery', '@faker-js/faker', 'fhir/r4.js'] },
  // Models for vendors: they know no more of the simulator than of the real services. Their bugs are for its own tests.
  {
    path: 'examples/',
    allowed: ['examples/', 'scripts/nearest.mjs'],
    packages: ['node:', 'openid-client', 'fhir-kit-client', 'jose', 'fhir/r4.js'],
  },
  {
    path: 'ui/',
    allowed: ['ui/', 'simulator/surfaces/control-types.ts'],
    packages: ['react', 'react-dom', '@tanstack/', '@digdir/'],
  },
  {
    // The demo has no server: its page starts the simulator, by the same door as any page that uses msw.
    path: 'ui/src/demo/',
    allowed: ['ui/', 'simulator/adapters/msw-browser.ts'],
    packages: ['msw'],
  },
  {
    // The view of scenarios plays packs in the browser, with the runner that `jftsim run` has; it is loaded when it is opened.
    path: 'ui/src/scenarios/',
    allowed: ['ui/', 'scenarios/'],
    packages: ['react', 'react-dom', '@tanstack/', '@digdir/', 'zod'],
  },
  {
    path: 'e2e/',
    allowed: ['e2e/', 'fixtures/', 'scripts/chromium.mjs'],
    packages: ['@playwright/test', 'node:', 'jose'],
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

const FOLDERS = ['simulator', 'scenarios', 'fixtures', 'examples', 'ui/src', 'e2e']
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

  test('a surface imports no other surface’s handlers', () => {
    const surfaces = ['helseid', 'ttt', 'jft-write', 'jft-read', 'vkp', 'ehr', 'control']
    const wrong = SOURCES.filter((file) => file.startsWith('simulator/surfaces/')).flatMap((file) =>
      importsOf(file)
        .filter((name) => surfaces.some((surface) => name.endsWith(`/${surface}.ts`)))
        .map((name) => `${file} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test.each([
    ['a wall clock', /\bDate\.now\(\)|\bnew Date\(\)|performance\.now\(\)/, ['simulator/clock.ts']],
    [
      'the global fetch',
      /(?<![.\w])fetch\(/,
      ['simulator/surfaces/swagger-script.ts', 'simulator/surfaces/export-exchange.ts'],
    ],
    ['a timer', /\bset(?:Timeout|Interval)\(/, ['simulator/clock.ts']],
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

  test('no file is longer than 400 lines, tables aside', () => {
    const long = SOURCES.filter((file) => !/generated|catalogue|assumptions|ui\/src\/text\//.test(file)).filter(
      (file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 400,
    )
    expect(long).toEqual([])
  })
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
