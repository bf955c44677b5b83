/** One request of the collection. */
export interface BruRequest {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** What the token is for; absent where none is sent. */
  readonly audience?: string
  readonly scope?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: readonly (readonly [name: string, value: string])[]
  /** Variables for later requests, each with the expression that it is kept from. */
  readonly keeps?: Readonly<Record<string, string>>
  /** The status that the answer has. */
  readonly status: number
}

/** A request in Bruno's own markup (docs.usebruno.com, "Bru Tag Reference"). */
export function requestFile(request: BruRequest, seq: number): string {
  const { name, method, url, audience, scope, headers = {}, keeps = {}, status } = request
  const body = bodyOf(request)
  return [
    block('meta', [`name: ${name}`, 'type: http', `seq: ${seq}`]),
    block(method.toLowerCase(), [`url: ${url}`, `body: ${body.kind}`, 'auth: none']),
    ...(url.includes('?') ? [block('params:query', pairs(queryOf(url)))] : []),
    ...(Object.keys(headers).length > 0 ? [block('headers', pairs(Object.entries(headers)))] : []),
    ...body.blocks,
    ...(audience === undefined ? [] : [block('vars:pre-request', [`audience: ${audience}`, `scope: ${scope}`])]),
    block('assert', [`res.status: eq ${status}`]),
    ...(Object.keys(keeps).length > 0 ? [block('script:post-response', Object.entries(keeps).map(keep))] : []),
  ].join('\n')
}

function bodyOf({ json, form }: BruRequest): { kind: string; blocks: string[] } {
  if (json !== undefined) {
    return { kind: 'json', blocks: [block('body:json', JSON.stringify(json, null, 2).split('\n'))] }
  }
  if (form) return { kind: 'formUrlEncoded', blocks: [block('body:form-urlencoded', pairs(form))] }
  return { kind: 'none', blocks: [] }
}

function block(name: string, lines: readonly string[]): string {
  return `${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}

function pairs(entries: readonly (readonly [string, string])[]): string[] {
  return entries.map(([name, value]) => `${name}: ${value}`)
}

function queryOf(url: string): [string, string][] {
  return [...new URLSearchParams(url.slice(url.indexOf('?') + 1))]
}

function keep([name, expression]: [string, string]): string {
  return `bru.setVar('${name}', ${expression})`
}
