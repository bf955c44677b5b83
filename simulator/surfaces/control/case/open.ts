import { Rejection } from '../../../http/rejection.ts'
import { issueOf } from '../../../rules/catalogue.ts'
import type { Sandboxes } from '../../../state/sandboxes.ts'
import type { Snapshot } from '../../../state/snapshot.ts'
import type { World } from '../../../state/world.ts'
import { rejectSandboxError } from '../sandbox-rejection.ts'
import { savedEventOf } from './format.ts'
import type { OpenableCase } from './schema.ts'

/** As much as a case file may have; the journal of a sandbox has less room by default. */
const JOURNAL_BYTES = 128 * 1024 * 1024

/**
 * Makes a sandbox that begins as the file's began: its settings and seed, what it was made with, and a frozen clock. It has no
 * way out: a file that somebody else wrote must not make this machine call anybody, now or later.
 * Throws a `Rejection` when there can be no such sandbox; then there is none.
 */
export async function openSandbox(sandboxes: Sandboxes, file: OpenableCase): Promise<World> {
  const { seed, environment, auth, assumptions, switchedOff } = file.sandbox
  const world = await rejectSandboxError(() =>
    sandboxes.create(
      {
        ...(file.name === undefined ? {} : { name: file.name }),
        ...(seed === null ? {} : { seed }),
        environment,
        auth,
        assumptions,
        switchedOff,
        clients: file.initial.clients,
        limits: { journalBytes: JOURNAL_BYTES },
      },
      'no-way-out',
    ),
  )
  const fresh = await sandboxes.snapshot(world.settings.name)
  const begun = fresh && (await sandboxes.rebase(world.settings.name, beginning(fresh, file)))
  const { events, patients = [] } = file.initial
  if (begun && (await haveRoom(begun, file))) return begun
  await sandboxes.remove(world.settings.name)
  const what = `${events.length} events${patients.length === 0 ? '' : ` and ${patients.length} patients`}`
  const message = `Of the ${what} in initial, not all fit into the memory of a sandbox.`
  throw new Rejection(507, [issueOf('sim-event-memory', message)])
}

async function haveRoom({ state }: World, { initial: { events, patients = [] } }: OpenableCase): Promise<boolean> {
  const [kept, known] = await Promise.all([state.events.usage(), state.patients.usage()])
  return kept.records === events.length && known.records === patients.length
}

function beginning(fresh: Snapshot, { initial, exchanges, sandbox }: OpenableCase): Snapshot {
  const now = Date.parse(exchanges[0]?.time ?? sandbox.clock.now)
  const { events, patients = [], personChanges = [] } = initial
  const { registrationDelayMs, pitProcessingDelayMs } = sandbox.assumptions
  const stamps = [
    ...events.map(({ registered }) => registered - registrationDelayMs * 1000),
    // What is never processed lies a hundred years ahead.
    ...patients.flatMap(({ lastUpdated, fate }) => (fate ? [] : lastUpdated - pitProcessingDelayMs * 1000)),
  ]
  return {
    ...fresh,
    clock: {
      frozen: true,
      now,
      rate: 1,
      lastStamp: stamps.reduce((last, stamp) => Math.max(last, stamp), 0),
    },
    ids: initial.ids ?? undefined,
    events: events.map(savedEventOf),
    patients,
    personChanges,
    routes: initial.routes,
    register: initial.register,
  }
}
