import { syncBuiltinESMExports } from 'node:module'
import type { RequestHandler } from 'msw'
import { setupServer } from 'msw/node'
import { createSimulator, type Simulator, type SimulatorInput } from '../index.ts'
import { handlersFor, realUrls } from './msw-browser.ts'
import { sandboxBehind } from './testing/sandbox.ts'
import type { Beginning, Sandbox } from './testing/sandbox-types.ts'

/** A simulator inside the test's own process, which answers to the real host names. */
export interface InterceptingJft extends Sandbox {
  /** For an own `setupServer(...jft.handlers)`, instead of `listen` and `close`. */
  readonly handlers: readonly RequestHandler[]
  /** From now on, requests to the real hosts are answered here; those to other hosts pass. */
  listen(): void
  /** Gives the network back. */
  close(): void
}

/** What the simulator begins with, and its options. */
export type JftOptions = Beginning & Omit<SimulatorInput, 'port' | 'host' | 'publicUrl'>

/** Both names of the option: version 2 knows the first only, version 3 the second, and each ignores the other. */
const PASS = { onUnhandledRequest: 'bypass', onUnhandledFrame: 'bypass' } as const

/**
 * Sets up a simulator without a port, for vitest, jest or node:test. A request to any other host of nhn.no or vkpnorge.no
 * fails: tests never reach the real services. Throws an `OptionsError`, or a `SandboxError` for the beginning.
 */
export function setupJft({ seed, frozenAt, events, ...input }: JftOptions = {}): InterceptingJft {
  const simulator = createSimulator(input, { outbound: (request) => fetch(request) })
  const beginning = { seed, frozenAt, events }
  simulator.sandboxes.check(beginning)
  let ready = beginWith(simulator, beginning)
  const answer = async (request: Request) => {
    await ready
    return simulator.fetch(request)
  }
  const urls = realUrls(simulator)
  const hosts = Object.values(urls).filter((url) => url.startsWith('https:'))
  const handlers = handlersFor({ fetch: answer }, hosts)
  const server = setupServer(...handlers)
  return {
    ...sandboxBehind({ name: 'default', urls, fetch: answer }),
    handlers,
    listen: () => switchNetwork(() => server.listen(PASS)),
    close: () => switchNetwork(() => server.close()),
    reset() {
      ready = beginWith(simulator, beginning)
      return ready
    },
  }
}

/** msw replaces functions of node:http and node:https. `import { get } from 'node:https'` sees that only after a sync. */
function switchNetwork(change: () => void): void {
  change()
  syncBuiltinESMExports()
}

/** The real host names lead to the default sandbox, so it takes the state over from one that was made so. */
async function beginWith(
  { sandboxes }: Simulator,
  beginning: { [K in keyof Beginning]: Beginning[K] | undefined },
): Promise<void> {
  if (Object.values(beginning).every((value) => value === undefined)) {
    await sandboxes.reset('default')
    return
  }
  const { name } = (await sandboxes.create(beginning)).settings
  const snapshot = await sandboxes.snapshot(name)
  if (snapshot) await sandboxes.restore('default', snapshot)
  await sandboxes.remove(name)
}
