/** A robot as it is now. */
export interface RobotStatus {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly activity: Activity
}

/** What a robot is doing, as numbers and texts. */
export type Activity = Readonly<Record<string, number | string | null>>

/** One thing wrong with a robot's settings. */
export interface SettingFault {
  /** Path of the setting, for example `kinds.0`; empty when the whole is not an object. */
  readonly field: string
  readonly message: string
}

/** The robots of one sandbox. All are off at first. */
export interface Robots {
  /** Does what is due by the world's clock. Calls at the same time share one run. Never rejects. */
  tick(): Promise<void>
  list(): Promise<readonly RobotStatus[]>
  /** Gives a robot other settings. `undefined`: there is no such robot. */
  configure(name: string, settings: unknown): Promise<{ readonly faults: readonly SettingFault[] } | undefined>
}
