import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { jftsimWith, MAIN, until } from '../jftsim.fixture.ts'

interface Attribute {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number }
}

/** A span in OTLP's JSON. */
interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly Attribute[]
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[]
  }[]
}

/** A collector that listens to OTLP/HTTP, and reads what arrives. */
let collector: Server
let endpoint: string
const arrived: { readonly path: string | undefined; readonly body: Export }[] = []

beforeAll(async () => {
  collector = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      arrived.push({ path: request.url, body: JSON.parse(text) as Export })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => void collector.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
})

afterAll(() => collector.close())

const attribute = ({ attributes }: Pick<Span, 'attributes'>, name: string) => {
  const { stringValue, intValue } = attributes.find(({ key }) => key === name)?.value ?? {}
  return stringValue ?? intValue
}

const CALLER = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' }

test('a collector gets a span for each request, below it one for each step, in the trace of the caller', async () => {
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', '--ephemeral', '--auth', 'relaxed'], { env })
  let screen = ''
  child.stdout.on('data', (part: Buffer) => {
    screen += part.toString()
  })
  const url = await until(child, () => /Dashboard: (http:\S+)\//.exec(screen)?.[1])
  const headers = {
    'content-type': 'application/json',
    'jftsim-municipality': '313231593',
    traceparent: `00-${CALLER.trace}-${CALLER.span}-01`,
  }
  const body = JSON.stringify(noteFactory.build())
  const answer = await fetch(`${url}/write/v1/Composition`, { method: 'POST', headers, body })
  expect(answer.status).toBe(202)
  await fetch(`${url}/write/v1/Composition`, { method: 'POST', headers, body: '{' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)

  expect(new Set(arrived.map(({ path }) => path))).toEqual(new Set(['/v1/traces']))
  const resources = arrived.flatMap((one) => one.body.resourceSpans)
  expect(resources.map(({ resource }) => attribute(resource, 'service.name'))).toContain('jftsim')
  const spans = resources.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  const requests = spans.filter(({ parentSpanId }) => parentSpanId === CALLER.span)
  const names = ['http.request.method', 'url.path', 'http.response.status_code', 'jftsim.surface', 'jftsim.sandbox']
  expect(requests.map((one) => [one.name, one.kind, ...names.map((name) => attribute(one, name))])).toEqual([
    ['POST jft-write', 2, 'POST', '/write/v1/Composition', 202, 'jft-write', 'default'],
    ['POST jft-write', 2, 'POST', '/write/v1/Composition', 400, 'jft-write', 'default'],
  ])
  const stepsOf = ({ spanId }: Span) => spans.filter(({ parentSpanId }) => parentSpanId === spanId)
  const [accepted, refused] = requests as [Span, Span]
  expect(stepsOf(accepted).map(({ name }) => name)).toEqual(expect.arrayContaining(['route', 'token', 'store']))
  expect(stepsOf(refused).map((step) => attribute(step, 'jftsim.outcome'))).toContain('stopped')
  expect(spans.every(({ traceId }) => traceId === CALLER.trace)).toBe(true)
  for (const step of stepsOf(accepted)) {
    expect(BigInt(step.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(accepted.startTimeUnixNano))
    expect(BigInt(step.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(accepted.endTimeUnixNano))
  }
}, 600_000)

/** Lets an import fail as it does where the package is not installed. */
const HOOK = `export const resolve = (name, context, next) => {
  if (name !== '@opentelemetry/sdk-node') return next(name, context)
  throw Object.assign(new Error('none'), { code: 'ERR_MODULE_NOT_FOUND' })
}`

test('where the package is missing it says what to install, and nothing is asked of it without the variables', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-traced-'))
  writeFileSync(join(folder, 'hook.mjs'), HOOK)
  writeFileSync(
    join(folder, 'first.mjs'),
    "import { register } from 'node:module'; register('./hook.mjs', import.meta.url)",
  )
  const options = { NODE_OPTIONS: `--import ${pathToFileURL(join(folder, 'first.mjs'))}` }
  const start = ['start', '--port', '0', '--ephemeral']
  const { code, stderr } = await jftsimWith({ ...options, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, folder, ...start)
  expect([code, stderr]).toEqual([2, expect.stringContaining('npm install @opentelemetry/sdk-node')])
  const off = { ...options, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: 'true' }
  const child = spawn(process.execPath, [MAIN, ...start], { env: { ...process.env, ...off } })
  let screen = ''
  child.stdout.on('data', (part: Buffer) => {
    screen += part.toString()
  })
  await until(child, () => /Dashboard: (http:\S+)\//.exec(screen)?.[1])
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
}, 600_000)
