import { Command } from 'commander'
import type { BoundToken, ClientFile } from '../../scenarios/helseid-client.ts'
import { isSubmission, scopeOf, tokenSurfaceAt } from '../../simulator/ground/surfaces.ts'
import { curlCommand } from '../../simulator/ground/text/curl.ts'
import { unknownName } from '../../simulator/ground/text/suggest.ts'
import { adminRefusal, adminTokenOption, withAdminToken } from '../admin-token.ts'
import { CliError } from '../cli-error.ts'
import { print, tell } from '../print.ts'
import { readOrgnr } from '../read-orgnr.ts'
import { readUrl } from '../read-url.ts'

interface TokenFlags {
  readonly orgnr?: string
  readonly client?: string
  readonly url: string
  readonly adminToken?: string
  readonly curl?: readonly string[]
}

/** `jftsim token`: a token and a proof from a running simulator, or the whole curl. */
export function token(): Command {
  return new Command('token')
    .description('Get a DPoP token for a municipality from a running simulator, for JFT or for PIT')
    .option('--orgnr <number>', "the municipality's main unit, for example 313231593", readOrgnr)
    .option('--client <client_id>', 'a ready-made client (default: the first with the scope)')
    .option('--url <url>', 'where the simulator runs', readUrl, 'http://localhost:7357')
    .addOption(adminTokenOption())
    .option(
      '--curl <request...>',
      'print a curl instead: METHOD PATH [FILE], for example POST /v1/Composition note.json',
    )
    .action(run)
}

async function run({ orgnr, client, url, adminToken, curl }: TokenFlags): Promise<void> {
  if (curl?.length === 1)
    throw new CliError('--curl: name the path too, for example --curl POST /v1/Composition note.json.')
  const [method = 'POST', path = '/v1/Composition', file] = curl ?? []
  requireCallable(method, path)
  const target = targetOf(url, method.toUpperCase(), path)
  const scope = scopeFor(target, method.toUpperCase())
  const clientFile = await readClientFile(readerAt(url, adminToken), client, scope)
  const { authorize } = await import('../../scenarios/helseid-client.ts')
  const bound = await request(clientFile, scope, orgnr)
  const headers = await authorize(bound, method.toUpperCase(), target)
  if (curl === undefined) return print(describe(bound, headers, method, target))
  print(commandFor(method.toUpperCase(), target, headers, file))
  tell('The proof is good for about 6 seconds: pipe this into sh, or paste it at once.')
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** A curl of something else would be refused only when it is run. */
function requireCallable(method: string, path: string): void {
  if (!METHODS.includes(method.toUpperCase()))
    throw new CliError(`--curl: ${unknownName('method', method, METHODS)} Write METHOD PATH [FILE].`)
  if (!/^(?:\/|https?:\/\/)/.test(path))
    throw new CliError(`--curl: the path must begin with a slash, such as /v1/Composition, and is "${path}".`)
}

/** PIT has a scope for each direction (PIT HelseID page, "Scopes"). VKP takes no such token. */
function scopeFor(target: string, method: string): string {
  const url = new URL(target)
  const { pathname } = url
  const api = tokenSurfaceAt(url)
  if (api === 'vkp') {
    const curl = `/_sim/curl?method=${method}&path=/vkp${pathname.replace(/^.*\/vkp(?=\/)/, '')}`
    throw new CliError(`VKP takes Bearer tokens of another client; GET ${curl} gives a request with one.`)
  }
  return scopeOf(api, isSubmission(api, method, pathname) ? 'write' : 'read')
}

async function request(file: ClientFile, scope: string, orgnr: string | undefined): Promise<BoundToken> {
  const { requestToken, TokenRefused } = await import('../../scenarios/helseid-client.ts')
  try {
    return await requestToken(file, { scope, ...(orgnr === undefined ? {} : { orgnr }) })
  } catch (error) {
    if (error instanceof TokenRefused) throw new CliError(error.message, 1)
    throw error
  }
}

/** Reads JSON of the simulator, by a path. */
type Read = (path: string) => Promise<unknown>

async function readClientFile(read: Read, client: string | undefined, scope: string): Promise<ClientFile> {
  const { clients } = (await read('/_sim/clients')) as { clients: { clientId: string; scopes: string[] }[] }
  const known = clients.map((one) => one.clientId)
  if (client !== undefined && !known.includes(client)) throw new CliError(unknownName('client', client, known))
  const clientId = client ?? clients.find(({ scopes }) => scopes.includes(scope))?.clientId
  if (clientId === undefined) throw new CliError(`No client there has the scope ${scope}; register one.`)
  return (await read(`/_sim/clients/${clientId}`)) as ClientFile
}

function readerAt(url: string, adminToken: string | undefined): Read {
  const send = withAdminToken(fetch, adminToken, [url])
  return async (path) => {
    const answer = await send(new Request(url + path)).catch(() => {
      throw new CliError(`No simulator answers at ${url}. Start one with "jftsim start", or name it with --url.`)
    })
    if (answer.ok) return answer.json()
    throw new CliError(adminRefusal(answer, url) ?? `${url}${path} answered ${answer.status}: ${await answer.text()}`)
  }
}

/** Patients are PIT's, searches and statuses the ReadAPI's, everything else the WriteAPI's. */
function targetOf(url: string, method: string, path: string): string {
  if (/^https?:/.test(path)) return path
  if (!path.startsWith('/v1/')) return url + path
  if (/^\/v1\/Patient\b/.test(path)) return `${url}/pit${path}`
  const reads = method === 'GET' || /\/_search(\?|$)/.test(path)
  return `${url}/${reads ? 'read' : 'write'}${path}`
}

function describe(bound: BoundToken, headers: Record<string, string>, method: string, target: string): string {
  return [
    `Authorization: ${headers.authorization}`,
    `DPoP: ${headers.dpop}`,
    '',
    `The token lives ${bound.expiresIn} seconds. The proof is for ${method} ${target}, once, within about 6 seconds.`,
  ].join('\n')
}

function commandFor(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  file: string | undefined,
): string {
  const type = url.includes('/_search') ? 'application/x-www-form-urlencoded' : 'application/json'
  const typed: [string, string][] = file === undefined ? [] : [['content-type', type]]
  return curlCommand({
    method,
    url,
    headers: [...Object.entries(headers), ...typed],
    ...(file === undefined ? {} : { body: { file } }),
  })
}
