import { EVENT_TYPES } from '../../simulator/ground/event-types.ts'
import { SURFACES } from '../../simulator/ground/surfaces.ts'
import type { Route } from '../../simulator/http/route.ts'
import { SEARCH_FORMS } from '../../simulator/rules/vkp/search.ts'
import { READY_MADE_VKP_ID } from '../../simulator/services/clients/ready-made-clients.ts'
import { sampleEvent } from '../../simulator/services/events/sample-event.ts'
import { helseid } from '../../simulator/surfaces/helseid/index.ts'
import { jftRead } from '../../simulator/surfaces/jft-read/index.ts'
import { jftWrite } from '../../simulator/surfaces/jft-write/index.ts'
import { pit } from '../../simulator/surfaces/pit/index.ts'
import { ttt } from '../../simulator/surfaces/ttt/index.ts'
import { vkp } from '../../simulator/surfaces/vkp/index.ts'
import { type BruRequest, requestFile } from './request-file.ts'

/*
 * The Bruno collection of examples/bruno, made of the routes: a request for each endpoint and each type that it takes, played
 * from top to bottom. Tokens and proofs come from the test token service, by the script of the collection.
 */

/** The files of the collection, by their paths below its folder. */
export function collectionFiles(): ReadonlyMap<string, string> {
  const folders = [
    { name: 'HelseID', requests: tokens() },
    { name: 'JFT WriteAPI', requests: submissions() },
    { name: 'JFT ReadAPI', requests: searches() },
    { name: 'JFT acknowledgement', requests: acknowledgements() },
    { name: 'VKP', requests: atVkp() },
    { name: 'PIT', requests: atPit() },
  ]
  return new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: 'JFT simulator', type: 'collection' }, null, 2)}\n`],
    ['collection.bru', COLLECTION],
    ['environments/Local.bru', ENVIRONMENT],
    ...folders.flatMap(({ name, requests }, index) => [
      [`${name}/folder.bru`, `meta {\n  name: ${name}\n  seq: ${index + 1}\n}\n`] as const,
      ...requests.map((request, at) => [`${name}/${fileName(request)}.bru`, requestFile(request, at + 1)] as const),
    ]),
  ])
}

/** Names of files that every system takes. */
function fileName({ name }: BruRequest): string {
  return name.replace(/[^\w -]/g, '')
}

/** Below the base URL. */
const TOKENS = `${SURFACES.ttt.prefix}/v2/create-test-token-with-key`
const VKP_ID_CLAIM = 'nhn:vkp/client/claims/vkp-id'

const ENVIRONMENT = `vars {
  base: http://localhost:7357
  municipality: 313231593
  vkpId: ${READY_MADE_VKP_ID}
}
`

/** A token for what the request's own variables ask for, and where it is bound a proof for this method and URL. */
const COLLECTION = `script:pre-request {
  const day = (ago) => new Date(Date.now() - ago * 86400000).toISOString().slice(0, 10)
  bru.setVar('from', day(28))
  bru.setVar('to', day(0))

  const audience = bru.getRequestVar('audience')
  if (audience) {
    // The test token service makes token and proof; a real client asks HelseID for the token and makes the proof itself.
    const asked = {
      audience,
      withoutDefaultUserClaims: true,
      clientClaimsParameters: {
        scope: [bru.getRequestVar('scope')],
        orgnrParent: bru.getEnvVar('municipality'),
        clientName: 'Bruno',
      },
    }
    // VKP takes Bearer tokens with the vendor's system in a claim of its own; the others take DPoP (RFC 9449).
    const bound = audience !== 'nhn:vkp'
    if (bound) {
      const url = bru.interpolate(req.getUrl()).split('?')[0]
      asked.createDPoPTokenWithDPoPProof = true
      asked.dPoPProofParameters = { htuClaimValue: url, htmClaimValue: req.getMethod() }
    } else {
      asked.apiSpecificClaims = [{ type: '${VKP_ID_CLAIM}', value: bru.getEnvVar('vkpId') }]
    }
    const answer = await bru.sendRequest({
      method: 'POST',
      url: bru.getEnvVar('base') + '${TOKENS}',
      headers: { 'content-type': 'application/json' },
      data: asked,
    })
    const { accessTokenJwt, dPoPProof } = answer.data.successResponse
    req.setHeader('Authorization', (bound ? 'DPoP ' : 'Bearer ') + accessTokenJwt)
    if (bound) req.setHeader('DPoP', dPoPProof)
  }
}
`

/** What every request of JFT's asks a token for. */
const JFT = { audience: 'nhn:jft', scope: 'nhn:jft/api' }

/** The token on its own, to look at; every other request gets its own. */
function tokens(): BruRequest[] {
  const discovery = routeOf(helseid.routes, 'GET', '/.well-known/openid-configuration')
  const made = routeOf(ttt.routes, 'POST', '/v2/create-test-token-with-key')
  return [
    { name: 'Discovery document', method: 'GET', url: urlOf('helseid', discovery.path, {}), status: 200 },
    {
      name: 'A test token',
      method: 'POST',
      url: urlOf('ttt', made.path, {}),
      json: {
        audience: JFT.audience,
        clientClaimsParameters: { scope: [JFT.scope], orgnrParent: '{{municipality}}' },
      },
      status: 200,
    },
  ]
}

function submissions(): BruRequest[] {
  const { path, summary, operation } = routeOf(jftWrite.routes, 'POST', '/v1/:type')
  const headers = Object.fromEntries((operation?.headers ?? []).flatMap(({ name, example }) => named(name, example)))
  const submit = (type: string, name: string): BruRequest => ({
    name,
    method: 'POST',
    url: urlOf('jft-write', path, { type }),
    ...JFT,
    headers,
    json: sampleEvent(type, '{{$guid}}'),
    status: 202,
    keeps: {
      [`status${type}`]: "res.getHeader('location')",
      [`id${type}`]: "res.getHeader('location').split('/').at(-2)",
    },
  })
  // Two of the first type, so that its search has a second page.
  const [first] = EVENT_TYPES
  return [
    ...EVENT_TYPES.map((type) => submit(type, `${summary}, ${type}`)),
    submit(first, `${summary}, another ${first}`),
  ]
}

function searches(): BruRequest[] {
  const byGet = routeOf(jftRead.routes, 'GET', '/v1/:type')
  const byPost = routeOf(jftRead.routes, 'POST', '/v1/:type/_search')
  const status = routeOf(jftRead.routes, 'GET', '/v1/:type/:id/$status')
  const [first] = EVENT_TYPES
  return [
    ...EVENT_TYPES.map((type) => ({
      name: `${byGet.summary}, ${type}`,
      method: 'GET' as const,
      url: `${urlOf('jft-read', byGet.path, { type })}?_count=1`,
      ...JFT,
      status: 200,
      keeps: { [`next${type}`]: "res.body.link?.find(({ relation }) => relation === 'next')?.url" },
    })),
    { name: `Next page, ${first}`, method: 'GET', url: `{{next${first}}}`, ...JFT, status: 200 },
    ...EVENT_TYPES.map((type) => ({
      name: `${byPost.summary}, ${type}`,
      method: 'POST' as const,
      url: urlOf('jft-read', byPost.path, { type }),
      ...JFT,
      form: formOf(byPost),
      status: 200,
    })),
    ...EVENT_TYPES.map((type) => ({
      name: `${status.summary}, ${type}`,
      method: 'GET' as const,
      url: `{{status${type}}}`,
      ...JFT,
      status: 200,
    })),
  ]
}

function acknowledgements(): BruRequest[] {
  const { path, summary } = routeOf(jftWrite.routes, 'POST', '/v1/:type/:id/$journaling-acknowledged')
  return EVENT_TYPES.map((type) => ({
    name: `${summary}, ${type}`,
    method: 'POST',
    url: urlOf('jft-write', path, { type, id: `{{id${type}}}` }),
    ...JFT,
    status: 202,
  }))
}

function atVkp(): BruRequest[] {
  const submit = routeOf(vkp.routes, 'POST', '/epj/r4/:orgnr/:type')
  const search = routeOf(vkp.routes, 'POST', '/epj/r4/:orgnr/:type/_search')
  const orgnr = '{{municipality}}'
  return [
    ...EVENT_TYPES.map((type) => ({
      name: `${submit.summary}, ${type}`,
      method: 'POST' as const,
      url: urlOf('vkp', submit.path, { orgnr, type: type.toLowerCase() }),
      audience: 'nhn:vkp',
      scope: `nhn:vkp/api/user/${type.toLowerCase()}.write`,
      json: sampleEvent(type, '{{$guid}}'),
      status: 200,
    })),
    ...Object.entries(SEARCH_FORMS).map(([type, { identifier, dated }]) => ({
      name: `${search.summary}, ${type}`,
      method: 'POST' as const,
      url: urlOf('vkp', search.path, { orgnr, type }),
      audience: 'nhn:vkp',
      scope: `nhn:vkp/api/user/${type}.read`,
      headers: { ServiceCodes: 'ta' },
      form: [[identifier, PERSON] as const, ...(dated ? DATES : [])],
      status: 200,
    })),
  ]
}

function atPit(): BruRequest[] {
  const submit = routeOf(pit.routes, 'POST', '/v1/Patient')
  const search = routeOf(pit.routes, 'GET', '/v1/Patient')
  const url = urlOf('pit', '/v1/Patient', {})
  const json = submit.operation?.body?.['application/json']
  return [
    { name: submit.summary, method: 'POST', url, audience: 'nhn:pit', scope: 'nhn:pit/api.write', json, status: 202 },
    {
      name: search.summary,
      method: 'GET',
      url: `${url}?_lastUpdated=ge2020-01-01T00:00Z&_count=1`,
      audience: 'nhn:pit',
      scope: 'nhn:pit/api.read',
      status: 200,
    },
  ]
}

/** A synthetic person of the sandbox. */
const PERSON = '02850097219'
/** VKP wants two; the last four weeks are written when the request is sent. */
const DATES = [
  ['date', 'ge{{from}}'],
  ['date', 'le{{to}}'],
] as const

/** The route of a surface. Throws where the surface has none of that method and path any more. */
function routeOf(routes: readonly Route[], method: Route['method'], path: string): Route {
  const route = routes.find((one) => one.method === method && one.path === path)
  if (!route) throw new Error(`No route ${method} ${path}.`)
  return route
}

function urlOf(surface: keyof typeof SURFACES, path: string, values: Readonly<Record<string, string>>): string {
  return `{{base}}${SURFACES[surface].prefix}${path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '')}`
}

function formOf({ operation }: Route): [string, string][] {
  return [...new URLSearchParams(String(operation?.body?.['application/x-www-form-urlencoded']))]
}

function named(name: string, example: string | undefined): [string, string][] {
  return example === undefined ? [] : [[name, example]]
}
