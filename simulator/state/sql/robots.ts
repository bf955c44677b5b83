import type { RobotStatus, Robots } from '../robots.ts'
import { createDocument } from './documents.ts'
import { type Header, raiseVersion } from './header.ts'
import type { WorldPlace } from './place.ts'

type Kept = Readonly<Record<string, RobotStatus['settings']>>

/** Robots whose settings all processes know, and that work in one of them. */
export interface SqlRobots extends Robots {
  /** Reads the settings again: another process may have changed them. */
  reload(): Promise<void>
}

/** Creates the robots of a world over those of this process. */
export function createSqlRobots(own: Robots, place: WorldPlace, header: Header, inCharge: () => boolean): SqlRobots {
  const settings = createDocument<Kept>(place, 'robots', {})
  const activities = createDocument<readonly RobotStatus[]>(place, 'robot-activity', [])
  /** As this process has them, as JSON. */
  const applied = new Map<string, string>()
  let published = ''
  const reload = async () => {
    for (const [name, wanted] of Object.entries(await settings.read())) {
      const text = JSON.stringify(wanted)
      if (applied.get(name) !== text) await own.configure(name, wanted)
      applied.set(name, text)
    }
  }
  const publish = async () => {
    const list = await own.list()
    const text = JSON.stringify(list)
    if (text !== published && applied.size > 0) await activities.write(list)
    published = text
  }
  return {
    reload,
    async tick() {
      if (!inCharge() || applied.size === 0) return
      await own.tick()
      await publish().catch(() => {})
    },
    async list() {
      const here = await own.list()
      if (inCharge()) return here
      const elsewhere = new Map((await activities.read()).map((robot) => [robot.name, robot]))
      return here.map((robot) => ({ ...robot, activity: elsewhere.get(robot.name)?.activity ?? robot.activity }))
    },
    async configure(name, wanted) {
      const configured = await own.configure(name, wanted)
      if (!configured || configured.faults.length > 0) return configured
      const now = (await own.list()).find((robot) => robot.name === name)?.settings ?? {}
      applied.set(name, JSON.stringify(now))
      header.version = await settings.change(async (before, query) => ({
        value: { ...before, [name]: now },
        answer: await raiseVersion(query, place.world),
      }))
      return configured
    },
  }
}
