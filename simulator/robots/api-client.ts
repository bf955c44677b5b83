import {
  authorization,
  clientKey,
  newProofKey,
  type ProofKey,
  requestToken,
  type TokenPost,
  type TokenReply,
} from '../services/tokens/helseid-client.ts'
import { type RobotWorld, unexpectedReply } from './robot.ts'

/** Which client calls, for whom, and with what kind of token. */
export interface Identity {
  readonly clientId: string
  /** Organisation number of the municipality that the client acts for; none for a client that acts for nobody. */
  readonly municipality?: string
  readonly scope: string
  /** JFT takes tokens that are bound to a key (RFC 9449), VKP bearer tokens. */
  readonly scheme: 'DPoP' | 'Bearer'
}

/** What a call sends besides method and URL. */
export interface ApiCall {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls an API with tokens from HelseID. */
export interface ApiClient {
  /** Gets a token where there is none that lasts, and calls. Rejects with an `UnexpectedAnswer` when HelseID refuses. */
  call(method: 'GET' | 'POST', url: string, call?: ApiCall): Promise<Response>
}

/** Seconds before its end at which a token is renewed. */
const RENEWAL = 30

interface Token {
  readonly text: string
  /** Milliseconds since the epoch, by the world's clock. */
  readonly expires: number
}

/** Seconds for which a robot's client assertion is good. */
const ASSERTION_LIFETIME = 30

/** Creates a client with a DPoP key of its own. The client's key and id come from the file that the control API gives. */
export function createApiClient(world: RobotWorld, identity: Identity): ApiClient {
  let token: Token | undefined
  let key: Promise<ProofKey | undefined> | undefined
  const authorize = async (method: string, url: string) => {
    key ??= identity.scheme === 'DPoP' ? newProofKey() : Promise.resolve(undefined)
    const proofKey = await key
    if (!token || world.time.clock.now() > token.expires - RENEWAL * 1000)
      token = await getToken(world, identity, proofKey)
    return authorization({ accessToken: token.text, proofKey }, { method, url }, world.time)
  }
  const call = async (method: string, url: string, { body, headers }: ApiCall) => {
    const authorized = { ...headers, ...(await authorize(method, url)) }
    return world.net.fetch(new Request(url, { method, headers: authorized, ...(body === undefined ? {} : { body }) }))
  }
  return {
    async call(method, url, options = {}) {
      const answer = await call(method, url, options)
      if (answer.status !== 401) return answer
      token = undefined
      return call(method, url, options)
    },
  }
}

/** Client credentials (RFC 6749, section 4.4). */
async function getToken(world: RobotWorld, identity: Identity, proofKey: ProofKey | undefined): Promise<Token> {
  const { clientId, municipality, scope } = identity
  const request = {
    ...{ authority: world.net.origins.local.helseid, clientId, municipality, proofKey },
    key: await clientKey(await world.privateJwk(clientId)),
    lifetime: ASSERTION_LIFETIME,
    grant: { grant_type: 'client_credentials', scope },
  }
  const { accessToken, expiresIn, refused } = await requestToken(request, world.time, (form) => post(world, form))
  if (refused) throw unexpectedReply('The token request', refused.status, refused.text)
  return { text: accessToken, expires: world.time.clock.now() + expiresIn * 1000 }
}

async function post({ net }: RobotWorld, { url, headers, body }: TokenPost): Promise<TokenReply> {
  const answer = await net.fetch(new Request(url, { method: 'POST', headers: { ...headers }, body }))
  return { status: answer.status, nonce: answer.headers.get('dpop-nonce'), text: await answer.text() }
}
