import { existsSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CLI, inRoot } from './paths.mjs'
import { capture } from './process.mjs'
import { inTurn, QUIET, tell, verify } from './work.mjs'

const FOLDER = inRoot('examples', 'java')
const OUT = join(FOLDER, 'out')
/** What needs the JDK alone. */
const PLAIN = ['ehr', 'responsecentre', 'shared', 'testing']
const COUNT = ['--count', '6']
/** Debian's JUnit 5 (the package junit5). */
const JUNIT = [
  'junit-jupiter-api',
  'junit-jupiter-engine',
  'junit-platform-commons',
  'junit-platform-console',
  'junit-platform-engine',
  'junit-platform-launcher',
  'junit-platform-reporting',
  'opentest4j',
  'opentest4j-reporting-events',
  'opentest4j-reporting-schema',
  'apiguardian-api',
  'picocli',
].map((name) => `/usr/share/java/${name}.jar`)

/** Builds the examples in Java, lets `jftsim verify` judge them, and runs the JUnit tests where there is JUnit. */
export async function java() {
  rmSync(OUT, { recursive: true, force: true })
  const program = ['java', '-cp', OUT]
  return inTurn([
    () => compile(PLAIN, OUT, []),
    () => verify('ehr', [...program, 'ehr.Ehr']),
    () => verify('response-centre', [...program, 'responsecentre.ResponseCentre', ...COUNT]),
    junit,
    library,
  ])
}

/** JUnit from `JUNIT_CLASSPATH`, or Debian's. */
async function junit() {
  const { JUNIT_CLASSPATH } = process.env
  if (JUNIT_CLASSPATH === undefined && !JUNIT.every((file) => existsSync(file))) {
    console.error('There is no JUnit 5 (junit5 in Debian; JUNIT_CLASSPATH elsewhere): the JUnit tests were not tried.')
    return 0
  }
  const own = join(OUT, 'junit')
  const path = JUNIT_CLASSPATH?.split(delimiter) ?? JUNIT
  const launched = [
    'org.junit.platform.console.ConsoleLauncher',
    '--scan-classpath',
    own,
    '--details',
    'tree',
    '--fail-if-no-tests',
  ]
  return inTurn([
    () => compile(['junit'], own, path),
    () =>
      tell('java', [`-Djftsim=${process.execPath} ${CLI}`, '-cp', [own, OUT, ...path].join(delimiter), ...launched]),
  ])
}

/** NHN's library, from `HELSEID_LIBRARY_CLASSPATH` or by Maven, which not every build machine lets reach Maven Central. */
async function library() {
  const path = process.env.HELSEID_LIBRARY_CLASSPATH ?? (await byMaven())
  if (path === undefined) {
    console.error('HelseID.Library.Java cannot be had by Maven here: the examples with it were not tried.')
    return 0
  }
  const own = join(OUT, 'library')
  const libraries = path.split(delimiter)
  const program = ['java', '-cp', [own, OUT, ...libraries].join(delimiter)]
  return inTurn([
    () => compile(['helseidlibrary'], own, libraries),
    () => verify('ehr', [...program, 'helseidlibrary.LibraryEhr']),
    () => verify('response-centre', [...program, 'helseidlibrary.LibraryResponseCentre', ...COUNT]),
  ])
}

async function byMaven() {
  const pom = join(FOLDER, 'helseidlibrary', 'pom.xml')
  const goal = ['-q', '-f', pom, 'dependency:build-classpath', '-Dmdep.outputFile=/dev/stdout']
  const { code, output } = await capture('mvn', goal, { env: QUIET })
  return code === 0 ? output.trim() : undefined
}

/**
 * A warning is an error; what a jar of Debian names in its manifest may not be there.
 * @param {readonly string[]} folders below examples/java
 * @param {string} out
 * @param {readonly string[]} path
 */
function compile(folders, out, path) {
  const sources = folders.flatMap((name) =>
    readdirSync(join(FOLDER, name))
      .filter((file) => file.endsWith('.java'))
      .map((file) => join(FOLDER, name, file)),
  )
  const flags = ['-Xlint:all,-path', '-Werror', '-d', out, '-cp', [OUT, ...path].join(delimiter)]
  return tell('javac', [...flags, ...sources])
}
