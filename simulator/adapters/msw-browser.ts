import { HttpResponse, http, type RequestHandler } from 'msw'
import { ConnectionReset, createSimulator, type Simulator, type SimulatorInput } from '../index.ts'
import { keepTicking } from './ticking.ts'

/** One host of the environment, by which all others are found. */
const HELSEID = { test: 'https://helseid-sts.test.nhn.no', prod: 'https://helseid-sts.nhn.no' } as const

/** All hosts of those who own the simulated ones. */
const OWNERS = /^https?:\/\/([^/]+\.)?(nhn|vkpnorge)\.no(:\d+)?(\/|$)/i

/**
 * Handlers for `setupWorker` of `msw/browser`: a simulator in the page answers to the real host names. With `publicUrl` it
 * also answers at that origin, as a server there would. Robots work for as long as the page is open. Throws an
 * `OptionsError` when the options are wrong.
 */
export function jftHandlers(input: SimulatorInput = {}): RequestHandler[] {
  const simulator = createSimulator(input, { outbound: (request) => fetch(request) })
  keepTicking(simulator)
  const { local } = simulator.world.net.origins
  const own = input.publicUrl === undefined ? [] : [...Object.values(local), `${new URL(local.control).origin}/s`]
  return handlersFor(simulator, [...own, ...Object.values(realUrls(simulator))])
}

/** The base URLs as the real environment has them; of what has no real host, the simulator's own. */
export function realUrls({ options, world }: Simulator): Simulator['world']['net']['origins']['local'] {
  return world.net.origins.route(new URL(HELSEID[options.environment]))?.origins ?? world.net.origins.local
}

/** One handler for each base URL, and the last for all other hosts of the same owners: nothing gets out to them. */
export function handlersFor(simulator: Pick<Simulator, 'fetch'>, urls: readonly string[]): RequestHandler[] {
  return [
    ...urls.map((url) => http.all(`${url}/*`, ({ request }) => answerOf(simulator, request))),
    http.all(OWNERS, ({ request: { method, url } }) => {
      // A network error, as where there is no way there: an answer would be taken for one of the service's.
      console.error(`${method} ${url} was kept from the network: the simulator plays ${urls.join(', ')}.`)
      return HttpResponse.error()
    }),
  ]
}

/** A connection that a fault breaks is a network error to the client. */
async function answerOf(simulator: Pick<Simulator, 'fetch'>, request: Request): Promise<Response> {
  try {
    return await simulator.fetch(request)
  } catch (thrown) {
    if (thrown instanceof ConnectionReset) return HttpResponse.error()
    throw thrown
  }
}
