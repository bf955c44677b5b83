import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FirelyMajor } from './opinion.ts'

/** Why the real library cannot be asked on this machine, with what to do. */
export class LibraryUnavailable extends Error {}

/** From `conformance/library/` as from `dist/conformance/library/`: the sources travel with the package. */
const SOURCES = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dotnet/' : '../../../conformance/dotnet/', import.meta.url),
)

/** The C# program, in the library's own file names. */
const PROGRAM = 'second-opinion.dll'

const OLDEST_SDK = 8

/**
 * The path of the built program for that version of the library. Builds it on first use, into a cache folder whose name has
 * a hash of the sources, so that a later version builds again. `onBuild` is called when a build begins. Throws
 * `LibraryUnavailable`.
 */
export async function builtProgram(sdk: FirelyMajor, onBuild: () => void = () => {}): Promise<string> {
  const version = await dotnetVersion()
  const folder = join(cacheFolder(), keyOf(sdk, version))
  if (existsSync(join(folder, PROGRAM))) return join(folder, PROGRAM)
  onBuild()
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(join(cacheFolder(), 'build-'))
  try {
    await publish(work, sdk)
    putInPlace(join(work, 'out'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return join(folder, PROGRAM)
}

/** Another process may have built the same meanwhile: then its folder stays. */
function putInPlace(built: string, folder: string): void {
  try {
    renameSync(built, folder)
  } catch (error) {
    if (!existsSync(join(folder, PROGRAM))) throw error
  }
}

async function publish(work: string, sdk: FirelyMajor): Promise<void> {
  const sources = join(work, 'src')
  mkdirSync(sources)
  for (const file of sourceFiles()) cpSync(join(SOURCES, file), join(sources, file))
  const args = ['publish', '-c', 'Release', '-o', join(work, 'out'), `-p:FirelySdk=${sdk}`, '-nologo', '-v:quiet']
  const ended = await dotnet(args, sources)
  if (!ended.ok) throw new LibraryUnavailable(buildProblem(sdk, ended.output))
}

const MOST_LINES = 5

function buildProblem(sdk: FirelyMajor, output: string): string {
  const errors = [...new Set(output.split(/\r?\n/).filter((line) => /\berror\b/.test(line)))]
  const shown = errors.length > 0 ? errors : output.trim().split(/\r?\n/)
  const details = shown.slice(0, MOST_LINES).map((line) => `  ${line.replace(/ \[[^\]]*\]$/, '')}`)
  const isRestore = /\bNU\d{4}\b/.test(output)
  const cause = isRestore
    ? `The Firely .NET SDK ${sdk} (package Hl7.Fhir.R4) could not be restored from NuGet`
    : `The program that asks the Firely .NET SDK ${sdk} could not be built`
  const fix = isRestore
    ? `\nSee that \`dotnet nuget list source\` names a source that serves it${sdk === 5 ? ', or ask version 6' : ''}.`
    : ''
  return `${cause}:\n${details.join('\n')}${fix}`
}

/** The version of the installed .NET SDK. */
async function dotnetVersion(): Promise<string> {
  const { ok, output } = await dotnet(['--version'], homedir())
  const version = output.trim()
  if (!ok) throw new LibraryUnavailable(`\`dotnet --version\` failed; ${NEEDS}\n${version}`)
  if (Number.parseInt(version, 10) < OLDEST_SDK) throw new LibraryUnavailable(`This is .NET SDK ${version}; ${NEEDS}`)
  return version
}

const NEEDS = `the real library needs the .NET SDK ${OLDEST_SDK} or later: https://dotnet.microsoft.com/download`

const QUIET = { DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_CLI_UI_LANGUAGE: 'en' }

async function dotnet(args: readonly string[], cwd: string): Promise<{ ok: boolean; output: string }> {
  try {
    const { stdout } = await promisify(execFile)('dotnet', args, { cwd, env: { ...process.env, ...QUIET } })
    return { ok: true, output: stdout }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as NodeJS.ErrnoException & { stdout?: string; stderr?: string }
    if (code === 'ENOENT') throw new LibraryUnavailable(`There is no \`dotnet\` on the PATH; ${NEEDS}`)
    return { ok: false, output: `${stdout}${stderr}` }
  }
}

function sourceFiles(): string[] {
  return readdirSync(SOURCES)
    .filter((name) => /\.(cs|csproj)$/.test(name))
    .sort()
}

function keyOf(sdk: FirelyMajor, dotnet: string): string {
  const hash = createHash('sha256')
  for (const file of sourceFiles()) hash.update(file).update(readFileSync(join(SOURCES, file)))
  return `firely-${sdk}-dotnet-${dotnet}-${hash.digest('hex').slice(0, 12)}`
}

/** The folder where a user's programs keep what can be made again. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const base = XDG_CACHE_HOME ?? (process.platform === 'win32' ? LOCALAPPDATA : undefined) ?? join(homedir(), '.cache')
  return join(base, 'jftsim', 'second-opinion')
}
