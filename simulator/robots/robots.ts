import { createEhrRobot } from './ehr-robot.ts'
import { createResponseCentre } from './response-centre.ts'
import type { Activity, Robot, RobotWorld } from './robot.ts'
import type { SettingFault } from './settings.ts'

/** A robot as it is now. */
export interface RobotStatus {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly activity: Activity
}

/** The robots of one sandbox: the other side of an integration, for whoever has only one. All are off at first. */
export interface Robots {
  /** Does what is due by the world's clock. Calls at the same time share one run. Never rejects. */
  tick(): Promise<void>
  list(): readonly RobotStatus[]
  /** Gives a robot other settings. `undefined`: there is no such robot. */
  configure(name: string, settings: unknown): { readonly faults: readonly SettingFault[] } | undefined
}

/** Creates the robots of a world. It is asked for on first use, since it has them itself. */
export function createRobots(world: () => RobotWorld): Robots {
  const robots = new Map<string, Robot>([
    ['ehr', createEhrRobot(world)],
    ['response-centre', createResponseCentre(world)],
  ])
  let running: Promise<void> | undefined
  const runAll = async () => {
    for (const robot of robots.values()) await robot.run()
    running = undefined
  }
  return {
    tick() {
      running ??= runAll()
      return running
    },
    list: () => [...robots].map(([name, { settings, activity }]) => ({ name, settings, activity })),
    configure(name, settings) {
      const robot = robots.get(name)
      return robot && { faults: robot.configure(settings) }
    },
  }
}
