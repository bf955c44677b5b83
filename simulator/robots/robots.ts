import type { Robots } from '../state/robots.ts'
import { createEhrRobot } from './ehr-robot.ts'
import { createPitEhr } from './pit-ehr.ts'
import { createPitVendor } from './pit-vendor.ts'
import { createResponseCentre } from './response-centre.ts'
import type { Robot, RobotWorld } from './robot.ts'

/** Creates the robots of a world. */
export function createRobots(world: RobotWorld): Robots {
  const robots = new Map<string, Robot>([
    ['ehr', createEhrRobot(world)],
    ['response-centre', createResponseCentre(world)],
    ...robotsOfPit(world),
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
    list: async () => [...robots].map(([name, { settings, activity }]) => ({ name, settings, activity })),
    async configure(name, settings) {
      const robot = robots.get(name)
      return robot && { faults: robot.configure(settings) }
    },
  }
}

/** Where the environment has PIT. */
function robotsOfPit(world: RobotWorld): [string, Robot][] {
  if (world.net.origins.played.pit === undefined) return []
  return [
    ['pit-ehr', createPitEhr(world)],
    ['pit-vendor', createPitVendor(world)],
  ]
}
