import type { SimulatorInput } from '../../index.ts'
import { startServer } from '../node.ts'
import { createSandbox, sandboxBehind } from './sandbox.ts'
import type { OwnSandbox, Sandbox, SandboxSpec } from './sandbox-types.ts'

/** A simulator on a port, and what a test may do with its default sandbox. */
export interface Jft extends Sandbox, AsyncDisposable {
  /** What clients and browsers call, without a trailing slash. */
  readonly url: string
  /** Makes an isolated sandbox. Rejects with what is wrong with `spec`. */
  sandbox(spec?: SandboxSpec): Promise<OwnSandbox>
  /** Stops listening and ends open connections. */
  close(): Promise<void>
}

/** Starts a simulator, on a free port unless the options say which. Rejects with an `OptionsError` when they are wrong. */
export async function startJft(options: SimulatorInput = {}): Promise<Jft> {
  const { simulator, url, close } = await startServer({ port: 0, ...options })
  const door = { name: 'default', urls: simulator.world.net.origins.local, fetch: simulator.fetch }
  return {
    ...sandboxBehind(door),
    url,
    sandbox: (spec) => createSandbox(door, spec),
    close,
    [Symbol.asyncDispose]: close,
  }
}
