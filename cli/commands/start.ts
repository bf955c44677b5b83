import { setFlagsFromString } from 'node:v8'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type Keeping, openDatabase } from '../../simulator/adapters/database/open.ts'
import { hasDocs } from '../../simulator/adapters/docs-site.ts'
import { KEY_FOLDER, keysIn } from '../../simulator/adapters/key-file.ts'
import { type RunningSimulator, type Serving, startServer } from '../../simulator/adapters/node.ts'
import { isTraced, openTracing } from '../../simulator/adapters/tracing.ts'
import { checkedOptions, type SimulatorInput } from '../../simulator/index.ts'
import { readToken } from '../admin-token.ts'
import { readConfig, withClearErrors } from '../config.ts'
import type { Certificate } from '../https/certificate.ts'
import { LOCAL_NAMES, REAL_HOSTS } from '../https/names.ts'
import {
  ENDING,
  endWith,
  type ProcessLifetime,
  prepareReadyFile,
  readyLine,
  removeReadyFile,
  requireProcess,
  writeReadyFile,
} from '../lifetime.ts'
import { print, printData, tell } from '../print.ts'
import { refusalPrinter } from '../refusals.ts'
import { refuseUnknownVariables, switchedOffByVariables } from '../variables.ts'
import { welcome } from '../welcome.ts'
import { readPort } from '../whole-number.ts'

interface StartFlags {
  readonly port?: number
  readonly host?: string
  readonly environment?: 'test' | 'prod'
  readonly auth?: 'strict' | 'relaxed'
  readonly publicUrl?: string
  readonly config?: string
  readonly calibration?: string
  readonly ephemeral?: boolean
  readonly handOutKeys?: boolean
  readonly https?: boolean
  readonly readyFile?: string
  readonly parentPid?: number
  readonly untilStdinCloses?: boolean
  readonly data?: string
  readonly store?: string
  readonly adminToken?: string
}

/** `jftsim start`. */
export function start(): Command {
  const command = new Command('start').description('Start the simulator: JFT, HelseID and the dashboard on one port')
  for (const option of [...whereOptions(), ...whatOptions(), ...whoOptions(), ...lifeOptions()])
    command.addOption(option)
  return command.action((flags: StartFlags) => run(flags, command))
}

/** Where it is reached. */
function whereOptions(): Option[] {
  return [
    new Option('--port <number>', 'port to listen on; 0 picks a free one (default: 7357)')
      .argParser(readPort)
      .env('JFTSIM_PORT'),
    new Option('--host <name>', 'address to bind to (default: localhost, both loopback addresses)').env('JFTSIM_HOST'),
    new Option(
      '--public-url <url>',
      'the URL that clients call, without a path: behind a TLS proxy, or under the name of a container',
    ).env('JFTSIM_PUBLIC_URL'),
  ]
}

/** What it plays. */
function whatOptions(): Option[] {
  return [
    new Option('--environment <name>', 'which identity and organisation numbers are accepted (default: test)')
      .choices(['test', 'prod'])
      .env('JFTSIM_ENVIRONMENT'),
    new Option('--auth <mode>', 'strict: refuse bad tokens; relaxed: warn (default: strict)')
      .choices(['strict', 'relaxed'])
      .env('JFTSIM_AUTH'),
    new Option('--config <file>', 'options as JSON; flags and the environment override the file').env('JFTSIM_CONFIG'),
    new Option(
      '--calibration <file>',
      'settings that calibrate observed at a real service; those of --config go first',
    ).env('JFTSIM_CALIBRATION'),
  ]
}

/** Who may call it, and what it keeps. */
function whoOptions(): Option[] {
  return [
    new Option(
      '--hand-out-keys',
      'give private keys of ready-made clients out although --host lets other machines in',
    ).env('JFTSIM_HAND_OUT_KEYS'),
    new Option(
      '--https',
      'listen with TLS, by a certificate under an authority of its own that the first screen names; jftsim hosts says how to trust it',
    ).env('JFTSIM_HTTPS'),
    new Option('--data <dir>', 'keep everything in a folder, by an embedded PostgreSQL (default: in memory)').env(
      'JFTSIM_DATA',
    ),
    new Option(
      '--store <url>',
      'keep everything in a PostgreSQL server (postgres://…), which several processes may share',
    )
      .argParser(readStore)
      .env('JFTSIM_STORE')
      .conflicts('data'),
    new Option(
      '--admin-token <token>',
      'what the control API, the dashboard and /metrics ask for, as Bearer or as a password',
    )
      .argParser(readToken)
      .env('JFTSIM_ADMIN_TOKEN'),
    new Option('--ephemeral', 'do not save keys: new ones at each start'),
  ]
}

/** How who starts it knows of it, and ends it. */
function lifeOptions(): Option[] {
  return [
    new Option('--ready-file <file>', 'write {"url":…} into this file when the simulator can be called'),
    new Option('--parent-pid <pid>', 'end when the process with this id is gone').argParser(readPid),
    new Option('--until-stdin-closes', 'end when standard input closes'),
  ]
}

/**
 * Percent that the heap may grow by before it is collected. V8 lets it grow to a multiple, and a simulator that answers pages
 * all day would take twice the memory for a tenth less of its processor time.
 */
const HEAP_GROWTH = 40

async function run(flags: StartFlags, command: Command): Promise<void> {
  refuseUnknownVariables(command)
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)
  const { start, lifetime, flags: own } = parted(without(flags, switchedOffByVariables(command)))
  const input: SimulatorInput = { ...(await withCalibration(readConfig(start.config), start.calibration)), ...own }
  // Before any key, folder or database is touched.
  await withClearErrors(sourceOf(start), async () => checkedOptions(input))
  if (lifetime.parentPid !== undefined) requireProcess(lifetime.parentPid)
  if (lifetime.readyFile !== undefined) prepareReadyFile(lifetime.readyFile)
  const { data, store } = start
  const keeping = data !== undefined ? { data } : store !== undefined ? { store } : undefined
  const running = keeping ? await runKept(input, keeping, start) : await runInMemory(input, start)
  // Whoever is told may end it at once.
  stopWith(running, lifetime)
  tellReady(running.url, input.port, lifetime)
}

function without(flags: StartFlags, names: readonly string[]): StartFlags {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !names.includes(name)))
}

type Start = Pick<StartFlags, 'config' | 'calibration' | 'ephemeral' | 'https' | 'data' | 'store' | 'adminToken'>

/** The flags by what they are about: the start, the end, and the simulator itself. */
function parted({
  config,
  calibration,
  ephemeral,
  https,
  data,
  store,
  adminToken,
  readyFile,
  parentPid,
  untilStdinCloses,
  ...flags
}: StartFlags): { start: Start; lifetime: ProcessLifetime; flags: typeof flags } {
  return {
    start: defined({ config, calibration, ephemeral, https, data, store, adminToken }),
    lifetime: defined({ readyFile, parentPid, untilStdinCloses }),
    flags,
  }
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}

/** Whose fault a wrong option is. */
function sourceOf({ config }: Start): string {
  return config ?? 'What the command line or the environment says'
}

async function runInMemory(input: SimulatorInput, start: Start): Promise<RunningSimulator> {
  const source = sourceOf(start)
  const kept = start.ephemeral ? undefined : await withClearErrors(source, () => keysIn(KEY_FOLDER, tell))
  const platform = { refused: refusalPrinter(), ...(kept === undefined ? {} : { keys: kept.keys }) }
  const warning = kept?.warning
  const where = kept === undefined || warning !== undefined ? {} : { keyFolder: KEY_FOLDER }
  const tls = start.https ? await certificate(input, where.keyFolder) : undefined
  const running = await withClearErrors(source, async () => startServer(input, platform, await servingOf(start, tls)))
  print(welcome(running, { ...where, ...defined({ warning }), ...servedWith(start, tls) }))
  return running
}

/** With all state in a folder or a database: the keys too. */
async function runKept(input: SimulatorInput, keeping: Keeping, start: Start): Promise<RunningSimulator> {
  const source = sourceOf(start)
  const database = await withClearErrors(source, () => openDatabase(keeping))
  const tls = start.https ? await certificate(input, start.data) : undefined
  const running = await withClearErrors(source, async () => {
    const serving = { ...(await servingOf(start, tls)), database }
    return startServer(input, { refused: refusalPrinter() }, serving)
  }).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  const everythingIn = 'data' in keeping ? keeping.data : 'the database'
  print(welcome(running, { everythingIn, ...servedWith(start, tls) }))
  return running
}

/** What the first screen says of how the simulator is served. */
function servedWith(start: Start, tls: Certificate | undefined) {
  return { ...defined({ caFile: tls?.caFile }), docs: hasDocs(), guarded: 'adminToken' in start }
}

async function servingOf({ adminToken }: Start, tls: Certificate | undefined): Promise<Serving> {
  const tracing = isTraced(process.env) ? await openTracing() : undefined
  return { metrics: true, ...defined({ adminToken, tls, tracing }) }
}

/** Who lets the system pick a port is a program, and has to be told which. */
function tellReady(url: string, port: number | undefined, { readyFile }: ProcessLifetime): void {
  if (port === 0) printData(readyLine(url))
  if (readyFile !== undefined) writeReadyFile(readyFile, url)
}

/** For all names that the simulator can be called by: its own, the real hosts, and those that the options say. */
async function certificate({ publicUrl, host }: SimulatorInput, folder: string | undefined): Promise<Certificate> {
  const { certificateFor } = await import('../https/certificate.ts')
  const own = publicUrl !== undefined && URL.canParse(publicUrl) ? [new URL(publicUrl).hostname] : []
  const bound = host === undefined || host === '0.0.0.0' || host === '::' ? [] : [host]
  return certificateFor([...new Set([...LOCAL_NAMES, ...REAL_HOSTS, ...own, ...bound])], folder)
}

/** What reads calibrations is loaded only for one. */
async function withCalibration(input: SimulatorInput, file: string | undefined): Promise<SimulatorInput> {
  if (file === undefined) return input
  const { calibrated } = await import('../calibration-file.ts')
  return calibrated(input, file)
}

/** Ends on the signals of a terminal, and when the script that started it is gone. */
function stopWith(running: RunningSimulator, lifetime: ProcessLifetime): void {
  const stop = () => {
    if (lifetime.readyFile !== undefined) removeReadyFile(lifetime.readyFile)
    void running.close().then(() => process.exit(0))
  }
  for (const signal of ENDING) process.once(signal, stop)
  process.once('disconnect', stop)
  endWith(lifetime, stop)
}

function readPid(value: string): number {
  const pid = Number(value)
  if (/^[1-9]\d{0,9}$/.test(value) && pid <= 2 ** 31 - 1) return pid
  throw new InvalidArgumentError('It must be the id of a process.')
}

function readStore(value: string): string {
  if (/^postgres(?:ql)?:\/\//.test(value) && URL.canParse(value)) return value
  throw new InvalidArgumentError('It must be the URL of a PostgreSQL: postgres://user:password@host:5432/database.')
}
