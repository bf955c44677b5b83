import { setupWorker } from 'msw/browser'
import { jftHandlers } from '../../../simulator/adapters/msw-browser.ts'
import { SANDBOX } from '../data/api.ts'
import { eventSourceOf } from './event-source.ts'

/** Milliseconds between two reminders to the worker. */
const REMIND = 5_000

/**
 * Starts a simulator in the page, behind msw's service worker. It answers at the page's own origin, as a server there
 * would. Rejects when the browser cannot do that, such as on a page that is neither on https nor on localhost.
 */
export async function startInPage(): Promise<void> {
  if (!window.isSecureContext) throw new Error('This page is not a secure context.')
  const handlers = jftHandlers({ publicUrl: window.location.origin })
  await setupWorker(...handlers).start({
    quiet: true,
    onUnhandledRequest: 'bypass',
    serviceWorker: { url: new URL('mockServiceWorker.js', document.baseURI).href },
  })
  Object.assign(globalThis, { EventSource: eventSourceOf(handlers) })
  remindWorker()
  await makeNamedSandbox()
}

/**
 * A worker that the browser has ended, as it does in a tab that was long hidden, forgets which pages are mocked, and their
 * requests go to the network (msw issue 2635). So it is told again, by the message that msw itself activates it with.
 */
function remindWorker(): void {
  const remind = () => navigator.serviceWorker?.controller?.postMessage('MOCK_ACTIVATE')
  setInterval(remind, REMIND)
  document.addEventListener('visibilitychange', remind)
}

/** A link to a sandbox loads the page again, and with it a fresh simulator that has no such sandbox yet. */
async function makeNamedSandbox(): Promise<void> {
  if (SANDBOX === undefined) return
  await fetch('/_sim/sandboxes', { method: 'POST', body: JSON.stringify({ name: SANDBOX }) })
}
