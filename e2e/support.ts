import { type APIRequestContext, test as base, type ConsoleMessage, expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'

/** What the simulator answered. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

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
}

/** Where the simulator runs: set by the project. */
export interface Place {
  readonly inPage: boolean
}

interface Fixtures {
  readonly simulator: Simulator
  readonly vendor: Vendor
  readonly quiet: undefined
}

/** What each test of the page has: the simulator, a vendor, and a page that makes the test fail when it logs an error or throws. */
export const test = base.extend<Fixtures & Place>({
  inPage: [false, { option: true }],
  simulator: async ({ page, request, baseURL, inPage }, use) => {
    const { origin } = new URL(baseURL ?? '')
    await use(
      simulatorAt(origin, inPage ? (url, call) => fromPage(page, url, call) : (...to) => overPort(request, ...to)),
    )
  },
  vendor: async ({ simulator }, use) => use(vendorOf(simulator)),
  quiet: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' && !isRefusal(message)) errors.push(message.text())
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

/** The browser logs what a submission of the page is answered with; the page is meant to show it. */
function isRefusal(message: ConsoleMessage): boolean {
  return /status of [45]\d\d/.test(message.text()) && /\/write\//.test(message.location().url)
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
  return {
    overview: '',
    events: 'events',
    event: `events/${eventOf(accepted)}`,
    rejected: 'rejected',
    refusal: `rejected/${refused}`,
    traffic: 'exchanges',
    exchange: `exchanges/${exchangeOf(accepted)}`,
    validate: 'validate',
    world: 'world',
    rules: 'rules',
  }
}

async function overPort(request: APIRequestContext, url: string, { body, ...call }: Call): Promise<Answer> {
  const answer = await request.fetch(url, { ...call, ...(body === undefined ? {} : { data: body }) })
  return { status: answer.status(), headers: answer.headers(), text: await answer.text() }
}

/** The page is opened where the test has not done so, and then stays: another load would begin with a fresh simulator. */
async function fromPage(page: Page, url: string, call: Call): Promise<Answer> {
  if (page.url() === 'about:blank') await page.goto('./')
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

/** A vendor that writes for the municipality 313231593. */
function vendorOf(simulator: Simulator): Vendor {
  const post = async (path: string, headers: Record<string, string>, body?: string) => {
    const authorization = await credentials(simulator, simulator.origin + path)
    const call = { method: 'POST', headers: { ...headers, ...authorization } }
    return simulator.send(path, body === undefined ? call : { ...call, body })
  }
  return {
    submit(resource, sourceSystem = 'Journal 1.0') {
      const headers = { 'content-type': 'application/json', 'nhn-source-system': sourceSystem }
      return post(`/write/v1/${resource.resourceType}`, headers, textOf(resource))
    },
    acknowledge(statusUrl) {
      const event = statusUrl.replace('/read/', '/write/').replace('$status', '$journaling-acknowledged')
      return post(new URL(event).pathname, {})
    },
  }
}

async function credentials(simulator: Simulator, url: string) {
  return testToken(simulator, {
    audience: 'nhn:jft',
    dPoPProofParameters: { htuClaimValue: url, htmClaimValue: 'POST' },
    clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593', clientName: 'Journalsystemet' },
  })
}

/** The headers with a DPoP token and its proof, as the test token service makes them. */
export async function testToken(simulator: Simulator, wishes: object) {
  const body = { withoutDefaultUserClaims: true, createDPoPTokenWithDPoPProof: true, ...wishes }
  const headers = { 'content-type': 'application/json' }
  const path = '/ttt/v2/create-test-token-with-key'
  const answer = await simulator.send(path, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  const { successResponse } = JSON.parse(answer.text)
  return { authorization: `DPoP ${successResponse.accessTokenJwt}`, dpop: successResponse.dPoPProof }
}
