import { type APIRequestContext, test as base, type ConsoleMessage, expect, type Page } from '@playwright/test'
import { noteFactory, patientFactory } from '../fixtures/index.ts'
import { isSampled } from '../simulator/sample.fixture.ts'
import { type Place, servePages, startSimulator } from './places.ts'

/** What the simulator answered. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** A pack as one writes it, with a scenario that passes. */
export const OWN_PACK = `pack: mine
title: Mine
scenarios:
  - id: mine-passes
    title: A note is accepted
    proves: [write-202]
    steps:
      - submit: { fixture: note, save: note }
        expect: { status: 202 }
`

interface Call {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The simulator as a program reaches it: over its port, or from inside the page that it runs in. */
export interface Simulator {
  /** Where its base URLs begin, without a trailing slash. */
  readonly origin: string
  /** `path`: below the origin. */
  send(path: string, call: Call): Promise<Answer>
  /** Reads JSON. */
  read<T>(path: string): Promise<T>
  /** Sends JSON. */
  put(path: string, body: unknown): Promise<Answer>
}

/** The simulator as a vendor's client calls it: each request with a token and a proof of its own. */
export interface Vendor {
  /** Submits a resource, laid out as `textOf` does. */
  submit<R extends { readonly resourceType: string }>(resource: R, sourceSystem?: string): Promise<Answer>
  acknowledge(statusUrl: string): Promise<Answer>
  /** Hands a patient over to PIT; `id`: by which PIT knows it, empty where it was refused. */
  handOver(patient: object): Promise<{ readonly answer: Answer; readonly id: string }>
  /** `path`: below the base URL of the ReadAPI, with its query. */
  read(path: string): Promise<Answer>
}

/** Set by the project: whether the simulator runs in the page, and not behind a port. */
export interface WhereItRuns {
  readonly inPage: boolean
}

interface OfWorker extends WhereItRuns {
  /** What serves the page, for all tests of one worker, one after the other. */
  readonly place: Place
}

/** A sandbox of its own for a test: in a page the only one, since nobody else has that page. */
export interface OwnSandbox {
  readonly name: string
  /** Where its base URLs begin, below the origin; without a trailing slash. */
  readonly path: string
  /** A vendor that calls it. */
  readonly vendor: Vendor
  /** The page of a view, such as `world`. */
  page(view: string): string
}

interface Fixtures {
  readonly simulator: Simulator
  readonly vendor: Vendor
  readonly sandbox: OwnSandbox
  readonly sample: undefined
  readonly quiet: undefined
}

interface Options {
  /** What may be answered with an error, by URL: the page is meant to show it, or the test asks for it. */
  readonly refusals: RegExp
}

/** What each test of the page has: the simulator, a vendor, and a page that makes the test fail when it logs an error or throws. */
export const test = base.extend<Fixtures & Options, OfWorker>({
  // First of all, so that nothing is begun for what is not in the sample.
  sample: [
    async ({ inPage }, use, { skip, titlePath }) => {
      const name = [inPage ? 'static' : 'served', ...titlePath].join(' ')
      skip(!isSampled(name, 3), 'Not in the sample; SAMPLE=all runs it.')
      await use(undefined)
    },
    { auto: true },
  ],
  inPage: [false, { option: true, scope: 'worker' }],
  place: [
    async ({ inPage }, use) => {
      const place = await (inPage ? servePages() : startSimulator())
      await use(place)
      await place.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: ({ place }, use) => use(place.url),
  refusals: [/\/(?:write|s)\//, { option: true }],
  simulator: async ({ page, request, baseURL, inPage }, use) => {
    const { origin } = new URL(baseURL ?? '')
    await use(
      simulatorAt(origin, inPage ? (url, call) => fromPage(page, url, call) : (...to) => overPort(request, ...to)),
    )
  },
  vendor: async ({ simulator }, use) => use(vendorOf(simulator)),
  sandbox: async ({ page, simulator, inPage }, use) => {
    if (inPage) {
      await use({ name: 'default', path: '', vendor: vendorOf(simulator), page: (view) => `./#/${view}` })
      return
    }
    const { name } = JSON.parse((await simulator.send('/_sim/sandboxes', { method: 'POST', body: '{}' })).text)
    const path = `/s/${name}`
    await use({ name, path, vendor: vendorOf(simulator, path), page: (view) => `./?sandbox=${name}#/${view}` })
    // A page that is open would look for it.
    await page.goto('about:blank')
    await removeSandboxes(simulator)
  },
  quiet: [
    async ({ page, refusals }, use) => {
      const errors: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' && !isRefusal(message, refusals)) {
          errors.push(`${message.text()} ${message.location().url}`)
        }
      })
      page.on('pageerror', (error) => errors.push(error.message))
      await use(undefined)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
})

/** The details of a test that needs the server, because of `reason`: the simulator in a page cannot do it. */
export function served(reason: string) {
  return { tag: '@served', annotation: { type: 'served', description: reason } }
}

/** Of a test that loads the page anew. */
export const RELOADS = served('the simulator in a page forgets, and what it was asked goes to the network')

/** The browser logs every answer that is an error. */
function isRefusal(message: ConsoleMessage, refusals: RegExp): boolean {
  return /status of [45]\d\d/.test(message.text()) && refusals.test(message.location().url)
}

/** Unfolds what stands below the answer of a rejected request. */
export async function unfold(page: Page): Promise<void> {
  await page.getByText(/^(?:All about this request|Alt om forespørselen)/).click()
}

/** What is written in an editor, as the page keeps it: the editor draws of a long text what fits. */
export function draftOf(page: Page, key: 'payload' | 'own-pack'): Promise<string | null> {
  return page.evaluate(`sessionStorage.getItem('jftsim-${key}')`)
}

/** A resource as the vendor sends it: two spaces to a level. */
export function textOf(resource: object): string {
  return JSON.stringify(resource, null, 2)
}

/** The id of the exchange that an answer belongs to. */
export function exchangeOf(answer: Answer): string {
  return answer.headers['jftsim-exchange']?.split('/').at(-1) ?? ''
}

/** The event that was accepted, as `Type/id`. */
export function eventOf(answer: Answer): string {
  return /\w+\/[^/]+(?=\/\$status)/.exec(answer.headers.location ?? '')?.[0] ?? ''
}

/** Every view with something to show on it: its name, and the hash after `#/`. */
export async function viewsOf(vendor: Vendor): Promise<Readonly<Record<string, string>>> {
  const { author, ...rest } = noteFactory.build()
  const refused = exchangeOf(await vendor.submit({ ...rest, author: author[0] }))
  const accepted = await vendor.submit({ ...rest, author })
  const { id } = await vendor.handOver(patientFactory.build())
  return {
    overview: '',
    events: 'events',
    event: `events/${eventOf(accepted)}`,
    persons: 'persons',
    person: `persons/${id}`,
    rejected: 'rejected',
    refusal: `rejected/${refused}`,
    traffic: 'exchanges',
    exchange: `exchanges/${exchangeOf(accepted)}`,
    validate: 'validate',
    scenarios: 'scenarios',
    world: 'world',
    rules: 'rules',
  }
}

/** Those too that a test has made by a fork or a case file; the one that always exists stays. */
async function removeSandboxes(simulator: Simulator): Promise<void> {
  const { sandboxes } = await simulator.read<{ sandboxes: { name: string }[] }>('/_sim/sandboxes')
  const removable = sandboxes.filter(({ name }) => name !== 'default')
  for (const { name } of removable) await simulator.send(`/_sim/sandboxes/${name}`, { method: 'DELETE' })
}

async function overPort(request: APIRequestContext, url: string, { body, ...call }: Call): Promise<Answer> {
  const answer = await request.fetch(url, { ...call, ...(body === undefined ? {} : { data: body }) })
  return { status: answer.status(), headers: answer.headers(), text: await answer.text() }
}

/** The page is opened where the test has not done so, and then stays: another load would begin with a fresh simulator. */
async function fromPage(page: Page, url: string, call: Call): Promise<Answer> {
  // A view that asks for nothing: what is under way when a page is left goes to the network, which does not know it.
  if (page.url() === 'about:blank') await page.goto('./#/nowhere')
  await page.getByRole('banner').waitFor()
  return page.evaluate(
    async ([url, call]) => {
      const answer = await fetch(url, call)
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
    },
    [url, call] as const,
  )
}

function simulatorAt(origin: string, send: (url: string, call: Call) => Promise<Answer>): Simulator {
  return {
    origin,
    send: (path, call) => send(origin + path, call),
    async read(path) {
      const answer = await send(origin + path, { method: 'GET' })
      return JSON.parse(answer.text)
    },
    put(path, body) {
      const headers = { 'content-type': 'application/json' }
      return send(origin + path, { method: 'PUT', headers, body: JSON.stringify(body) })
    },
  }
}

/** A vendor that writes and reads for the municipality 313231593. `sandbox`: the path of a sandbox, below the origin. */
export function vendorOf(simulator: Simulator, sandbox = ''): Vendor {
  const call = async (path: string, { headers, ...rest }: Call, api = JFT) => {
    const authorization = await credentials(simulator, sandbox, path, rest.method, api)
    return simulator.send(path, { ...rest, headers: { ...headers, ...authorization } })
  }
  return {
    submit(resource, sourceSystem = 'Journal 1.0') {
      const headers = { 'content-type': 'application/json', 'nhn-source-system': sourceSystem }
      const path = `${sandbox}/write/v1/${resource.resourceType}`
      return call(path, { method: 'POST', headers, body: textOf(resource) })
    },
    acknowledge(statusUrl) {
      const event = statusUrl.replace('/read/', '/write/').replace('$status', '$journaling-acknowledged')
      return call(new URL(event).pathname, { method: 'POST' })
    },
    async handOver(patient) {
      const headers = { 'content-type': 'application/fhir+json' }
      const answer = await call(`${sandbox}/pit/v1/Patient`, { method: 'POST', headers, body: textOf(patient) }, PIT)
      const exchange = `${sandbox}/_sim/exchanges/${exchangeOf(answer)}`
      const { event } = await simulator.read<{ event?: string }>(exchange)
      return { answer, id: event?.split('/').at(-1) ?? '' }
    },
    read: (path) => call(`${sandbox}/read${path}`, { method: 'GET' }),
  }
}

/** What a token is for. */
const JFT = { audience: 'nhn:jft', scope: ['nhn:jft/api'] }
const PIT = { audience: 'nhn:pit', scope: ['nhn:pit/api.write'] }

async function credentials(simulator: Simulator, sandbox: string, path: string, method: string, api = JFT) {
  const { origin, pathname } = new URL(simulator.origin + path)
  const { audience, scope } = api
  const wishes = {
    audience,
    dPoPProofParameters: { htuClaimValue: origin + pathname, htmClaimValue: method },
    clientClaimsParameters: { scope, orgnrParent: '313231593', clientName: 'Journalsystemet' },
  }
  return testToken(simulator, wishes, sandbox)
}

/** The headers with a DPoP token and its proof, as the test token service makes them. `sandbox`: its path, as `/s/one`. */
export async function testToken(simulator: Simulator, wishes: object, sandbox = '') {
  const body = { withoutDefaultUserClaims: true, createDPoPTokenWithDPoPProof: true, ...wishes }
  const headers = { 'content-type': 'application/json' }
  const path = `${sandbox}/ttt/v2/create-test-token-with-key`
  const answer = await simulator.send(path, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  const { successResponse } = JSON.parse(answer.text)
  return { authorization: `DPoP ${successResponse.accessTokenJwt}`, dpop: successResponse.dPoPProof }
}
