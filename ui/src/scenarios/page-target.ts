import { MUNICIPALITY, type Target } from '../../../scenarios/runner/target.ts'
import { asCalled } from '../../../simulator/surfaces/control/client.ts'
import { type Info, SERVED } from '../data/api.ts'

/** The control API of a sandbox. */
const CONTROL = /^(?:\/s\/[^/]+)?\/_sim\//

function credentialsFor(url: string): RequestCredentials {
  return CONTROL.test(new URL(url).pathname) ? 'same-origin' : 'omit'
}

/** The simulator that serves the page at this URL, as a target of scenarios. What it makes stays, so that one can look at it. */
export function pageTarget({ origins }: Pick<Info, 'origins'>, page = window.location.href): Target {
  return {
    name: new URL(origins.control ?? page).origin,
    urls: asCalled(page, origins),
    municipality: MUNICIPALITY,
    clients: {},
    // An answer from the cache would prove nothing; the password of the dashboard is for the control API alone.
    send: (request) => fetch(request, { cache: 'no-store', credentials: credentialsFor(request.url) }),
    // Another page of the demo is another simulator: no link leads to what this one made.
    ...(SERVED ? {} : { transient: true }),
    keepsSandboxes: true,
    cannot: ['host', 'forbidden-headers', 'broken-connection'],
  }
}
