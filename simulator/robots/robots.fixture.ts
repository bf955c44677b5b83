import type { SimulatorInput } from '../state/options.ts'
import type { RobotEntry, RobotList } from '../surfaces/control/types.ts'
import { type Jft, startJft } from '../surfaces/jft.fixture.ts'

/** A simulator with robots, under a clock that stands still but for `after`. */
export interface RobotTest extends Jft {
  put(name: string, settings: unknown): Promise<Response>
  /** The robot as the control API shows it. */
  robot(name: string): Promise<RobotEntry>
  /** Moves the clock, and lets the robots do what is due then. */
  after(milliseconds: number): Promise<void>
}

/** Starts a simulator at a fixed time. */
export function startRobots(input: SimulatorInput = {}): RobotTest {
  const jft = startJft(input)
  const { simulator, clock } = jft
  clock.freeze(Date.parse('2026-03-02T12:00:00Z'))
  const call = (path: string, init?: RequestInit) =>
    simulator.fetch(new Request(`http://localhost:7357/_sim/robots${path}`, init))
  return {
    ...jft,
    put: (name, settings) => call(`/${name}`, { method: 'PUT', body: JSON.stringify(settings) }),
    async robot(name) {
      const { robots } = (await (await call('')).json()) as RobotList
      const found = robots.find((one) => one.name === name)
      if (!found) throw new Error(`no robot ${name}`)
      return found
    },
    async after(milliseconds) {
      clock.advance(milliseconds)
      await simulator.world.robots.tick()
    },
  }
}
