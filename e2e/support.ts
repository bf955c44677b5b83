import { type APIRequestContext, type APIResponse, test as base, type ConsoleMessage, expect } from '@playwright/test'

/** The simulator as a vendor's client calls it: over HTTP, each request with a token and a proof of its own. */
export interface Vendor {
  /** Submits a resource, laid out as `textOf` does. */
  submit<R extends { readonly resourceType: string }>(resource: R, sourceSystem?: string): Promise<APIResponse>
  acknowledge(statusUrl: string): Promise<APIResponse>
}

/** What each test of the page has: a vendor, and a page that makes the test fail when it logs an error or throws. */
export const test = base.extend<{ vendor: Vendor; quiet: undefined }>({
  vendor: async ({ request, baseURL }, use) => use(vendorOf(request, baseURL ?? '')),
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

/** The browser logs what a page's own submission is refused with; the page is meant to show it. */
function isRefusal(message: ConsoleMessage): boolean {
  return /status of 4\d\d/.test(message.text()) && /\/write\//.test(message.location().url)
}

/** A resource as the vendor sends it: two spaces to a level. */
export function textOf(resource: object): string {
  return JSON.stringify(resource, null, 2)
}

/** The id of the exchange that an answer belongs to. */
export function exchangeOf(answer: APIResponse): string {
  return answer.headers()['jftsim-exchange']?.split('/').at(-1) ?? ''
}

/** A vendor that writes for the municipality 313231593. */
function vendorOf(request: APIRequestContext, origin: string): Vendor {
  const post = async (url: string, headers: Record<string, string>, data?: string) => {
    const authorization = await credentials(request, origin, url)
    return request.post(url, { headers: { ...headers, ...authorization }, ...(data === undefined ? {} : { data }) })
  }
  return {
    submit(resource, sourceSystem = 'Journal 1.0') {
      const headers = { 'content-type': 'application/json', 'nhn-source-system': sourceSystem }
      return post(`${origin}/write/v1/${resource.resourceType}`, headers, textOf(resource))
    },
    acknowledge(statusUrl) {
      const event = statusUrl.replace('/read/', '/write/').replace('$status', '$journaling-acknowledged')
      return post(event, {})
    },
  }
}

async function credentials(request: APIRequestContext, origin: string, url: string) {
  const answer = await request.post(`${origin}/ttt/v2/create-test-token-with-key`, {
    data: {
      audience: 'nhn:jft',
      withoutDefaultUserClaims: true,
      createDPoPTokenWithDPoPProof: true,
      dPoPProofParameters: { htuClaimValue: url, htmClaimValue: 'POST' },
      clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593', clientName: 'Journalsystemet' },
    },
  })
  expect(answer.status()).toBe(200)
  const { successResponse } = await answer.json()
  return { authorization: `DPoP ${successResponse.accessTokenJwt}`, dpop: successResponse.dPoPProof }
}
