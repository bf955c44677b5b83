import { plainHeaders, type SentRequest, schemeOf, tokenWish } from './snippets.ts'

/** A request was sent again: the status of its answer, and its exchange in the journal. */
export interface Replayed {
  readonly status: number
  readonly exchange?: string
}

/**
 * Sends a request again, for real: a token and a proof from the test token service at `ttt`, then the request. Both go to the
 * origin of the page, which is the simulator's. Throws an Error with the service's reason when there is no token.
 */
export async function replay(request: SentRequest, ttt: string): Promise<Replayed> {
  const url = here(request.url)
  const credentials = await credentialsFor({ ...request, url }, ttt)
  const headers = new Headers(
    [...plainHeaders(request), ...credentials].map(([name, value]): [string, string] => [name, value]),
  )
  const response = await fetch(url, {
    method: request.method,
    // What the browser knows of the dashboard is not the caller's.
    credentials: 'omit',
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const exchange = response.headers.get('jftsim-exchange')?.split('/').at(-1)
  return { status: response.status, ...(exchange === undefined ? {} : { exchange }) }
}

async function credentialsFor(request: SentRequest, ttt: string): Promise<readonly [string, string][]> {
  const wish = tokenWish(request)
  if (wish === undefined) return []
  const answer = await fetch(here(`${ttt}/v2/create-test-token-with-key`), {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  })
  const { successResponse, errorResponse } = (await answer.json()) as TestToken
  if (successResponse === null) throw new Error(errorResponse.errorMessage)
  const { accessTokenJwt, dPoPProof } = successResponse
  const authorization: [string, string] = ['authorization', `${schemeOf(request)} ${accessTokenJwt}`]
  return dPoPProof === null ? [authorization] : [authorization, ['dpop', dPoPProof]]
}

interface TestToken {
  readonly successResponse: { readonly accessTokenJwt: string; readonly dPoPProof: string | null } | null
  readonly errorResponse: { readonly errorMessage: string }
}

/** The page may be open under another name of the simulator than the URLs have; the proof is for where the request goes. */
function here(url: string): string {
  const { pathname, search } = new URL(url)
  return window.location.origin + pathname + search
}
