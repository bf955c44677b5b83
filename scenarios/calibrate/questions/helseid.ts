import {
  assertionParts,
  type ClientFile,
  clientKey,
  createProof,
  formMembers,
  newProofKey,
} from '../../helseid-client.ts'
import { signJwt } from '../../jwt.ts'
import type { Reply } from '../../runner/http.ts'
import { Inconclusive, type Questions, twice } from '../question.ts'
import type { Session } from '../session.ts'

async function lifetime(session: Session, party: string) {
  return (await session.token(party, session.target.municipality)).expiresIn
}

/** Uses one assertion twice, each time with the nonce that HelseID gave, so that both requests are whole. */
async function reuse(session: Session, party: string) {
  const file = session.target.clients[party]
  if (!file) throw new Inconclusive(`The target has no client for the party ${party}.`)
  const nonce = (await ask(session, file, await assertionOf(session, file))).headers.get('dpop-nonce') ?? undefined
  const assertion = await assertionOf(session, file)
  const first = await ask(session, file, assertion, nonce)
  if (first.status !== 200) throw new Inconclusive(`The first use was answered ${first.status}.`)
  const second = await ask(session, file, assertion, first.headers.get('dpop-nonce') ?? nonce)
  if (second.status === 400 || second.status === 401) return 'refuse'
  throw new Inconclusive('An assertion was taken twice: "warn" and "accept" look the same from outside.')
}

async function assertionOf({ target }: Session, file: ClientFile): Promise<string> {
  return signJwt(await assertionParts(file, target.municipality, Date.now), await clientKey(file))
}

async function ask(session: Session, file: ClientFile, assertion: string, nonce?: string): Promise<Reply> {
  const url = await tokenEndpoint(session)
  const target = { method: 'POST', url, ...(nonce === undefined ? {} : { nonce }) }
  const proof = await createProof(await newProofKey(), target)
  const headers = { dpop: proof, 'content-type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams(formMembers(file, assertion)).toString()
  return session.call({ surface: 'helseid', method: 'POST', path: url, party: null, headers, body })
}

function tokenEndpoint(session: Session): Promise<string> {
  return session.once('token endpoint', async () => {
    const path = '/.well-known/openid-configuration'
    const { json } = await session.call({ surface: 'helseid', method: 'GET', path, party: null })
    const { token_endpoint: endpoint } = (json ?? {}) as { token_endpoint?: string }
    if (endpoint === undefined) throw new Inconclusive('The discovery document has no token_endpoint.')
    return endpoint
  })
}

/** What HelseID tells. */
export const HELSEID_QUESTIONS: Questions = {
  accessTokenLifetimeSeconds: { sends: 'a token of 2 clients', probes: twice('response-centre', 'ehr', lifetime) },
  rotatedKeys: { impossible: 'It would take the place of the key that the vendor’s client has.' },
  tokenErrorDescription: {
    impossible: 'HelseID would have to refuse the vendor’s client, which no probe should bring about.',
  },
  assertionReuse: { sends: '2 client assertions, each used twice', probes: twice('response-centre', 'ehr', reuse) },
}
