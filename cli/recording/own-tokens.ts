import { type BoundToken, type ClientFile, requestToken } from '../../scenarios/helseid-client.ts'
import { claimsOf } from '../../scenarios/jwt.ts'
import { keptTokens } from '../../scenarios/kept-tokens.ts'
import type { Target } from '../../scenarios/runner/target.ts'

/** Whom an access token was given to, as it says itself. */
export interface RecordedCaller {
  readonly clientId?: string
  /** Main unit that a multi-tenant client acts for. */
  readonly orgnr?: string
}

/** Reads whom an access token was given to; its signature may be cut off. */
export function callerOf(accessToken: string): RecordedCaller {
  const { client_id: clientId, 'helseid://claims/client/claims/orgnr_parent': orgnr } = claimsOf(accessToken)
  return { ...(typeof clientId === 'string' ? { clientId } : {}), ...(typeof orgnr === 'string' ? { orgnr } : {}) }
}

/** Seconds before its end at which a token is not used any more. */
const MARGIN = 10

/**
 * Gives the function that gets a client's own tokens: one for each organization, until shortly before it ends. `instead`: a
 * token that it stands for, where each has one.
 */
export function ownTokens(send: Target['send']) {
  const kept = keptTokens((expiresIn) => expiresIn - MARGIN)
  return (file: ClientFile, { orgnr }: RecordedCaller, instead = ''): Promise<BoundToken> => {
    const wanted = orgnr === undefined ? {} : { orgnr }
    return kept(`${file.clientId} ${orgnr} ${instead}`, () =>
      requestToken(file, wanted, { fetch: (request) => send(request) }),
    )
  }
}
