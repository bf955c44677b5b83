import type { z } from 'zod'
import type { State } from '../state/ports.ts'
import type { Activity, SettingFault } from '../state/robots.ts'
import type { Net, Settings, Time } from '../state/world.ts'
import { faultsOf } from './settings.ts'

/** What a robot may touch: the same doors as any other client, the clock that it runs by, and the persons that exist. */
export interface RobotWorld {
  readonly settings: Pick<Settings, 'assumptions'>
  readonly state: Pick<State, 'population'>
  readonly time: Time
  readonly net: Pick<Net, 'fetch' | 'origins'>
  /** The private key of a ready-made client, as JSON. */
  readonly privateJwk: (clientId: string) => Promise<string>
}

/** One robot. It does nothing on its own: `run` does what is due, and no more than fits into one tick. */
export interface Robot {
  readonly settings: Readonly<Record<string, unknown>>
  readonly activity: Activity
  /** Reads new settings and begins again with them. Gives what is wrong instead, and stays as it was. */
  configure(settings: unknown): readonly SettingFault[]
  /** Does what is due by the world's clock. Never rejects: a failure is shown as `lastError`. */
  run(): Promise<void>
}

/** What makes a robot: its settings, what it knows, and what it does with both. */
export interface Script<S, T> {
  readonly settings: z.ZodType<S>
  /** What a robot knows that begins now. */
  readonly begin: (world: RobotWorld, settings: S) => T
  /** Does what is due; may throw. */
  readonly run: (world: RobotWorld, settings: S, state: T) => Promise<void>
  readonly activity: (world: RobotWorld, settings: S, state: T) => Activity
}

/** Creates a robot that is off, and that begins again with each configuration. */
export function createRobot<S extends { readonly on: boolean }, T>(world: RobotWorld, script: Script<S, T>): Robot {
  let settings = script.settings.parse({})
  let state: T | undefined
  let lastError: string | null = null
  const current = () => {
    state ??= script.begin(world, settings)
    return state
  }
  return {
    get settings() {
      return settings
    },
    get activity() {
      return { ...script.activity(world, settings, current()), lastError }
    },
    configure(sent) {
      const parsed = script.settings.safeParse(sent)
      if (!parsed.success) return faultsOf(parsed.error)
      settings = parsed.data
      state = undefined
      lastError = null
      return []
    },
    async run() {
      if (!settings.on) return
      await script.run(world, settings, current()).catch((thrown: unknown) => {
        lastError = thrown instanceof Error ? thrown.message : String(thrown)
      })
    },
  }
}

/** Now, in whole milliseconds since the epoch: an interval is not to end a stamp's microsecond too late. */
export function nowOf({ time }: RobotWorld): number {
  return Math.floor(time.clock.now())
}

/** The other side answered what it should not. */
export class UnexpectedAnswer extends Error {}

/** The failure of a call, with the beginning of what was answered. */
export async function unexpected(answer: Response, what: string): Promise<UnexpectedAnswer> {
  return unexpectedReply(what, answer.status, await answer.text())
}

/** The same of an answer that was read. */
export function unexpectedReply(what: string, status: number, text: string): UnexpectedAnswer {
  return new UnexpectedAnswer(`${what} was answered with ${status}: ${text.slice(0, 500) || '(no body)'}`)
}
