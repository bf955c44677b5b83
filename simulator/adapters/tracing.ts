import type { Answered } from '../index.ts'
import { isMissing, MissingPackageError } from './missing-package.ts'

/** Tells of requests as OpenTelemetry does: a span for each, below it one for each of its steps. */
export interface Tracing {
  readonly answered: (answered: Answered) => void
  /** Sends what is left. */
  readonly end: () => Promise<void>
}

/** The package that reads the standard variables of OpenTelemetry and sends spans as they say. */
const LIBRARY: string = '@opentelemetry/sdk-node'

/**
 * Whether the environment asks for traces (OpenTelemetry, "Environment Variable Specification" and "OpenTelemetry Protocol
 * Exporter"): it names where to send them, or how.
 */
export function isTraced(env: NodeJS.ProcessEnv): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return false
  const names = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_TRACES_EXPORTER']
  return names.some((name) => (env[name] ?? '') !== '')
}

/** Milliseconds that the end waits for a collector. */
const PATIENCE = 3_000

/** Opens tracing by the environment. Rejects with a `MissingPackageError` where the library is not installed. */
export async function openTracing(env: NodeJS.ProcessEnv = process.env): Promise<Tracing> {
  const { NodeSDK, api } = await load()
  const isNamed =
    env.OTEL_SERVICE_NAME !== undefined || /(?:^|,)service\.name=/.test(env.OTEL_RESOURCE_ATTRIBUTES ?? '')
  // Spans alone: the metrics are those of Prometheus, and the journal has what a log would say.
  const only = { instrumentations: [], metricReaders: [], logRecordProcessors: [] }
  const sdk = new NodeSDK({ ...only, ...(isNamed ? {} : { serviceName: 'jftsim' }) })
  sdk.start()
  return {
    answered: spansOf(api),
    async end() {
      const over = new Promise<void>((resolve) => void setTimeout(resolve, PATIENCE).unref())
      await Promise.race([sdk.shutdown().catch(() => {}), over])
    },
  }
}

/** Milliseconds since 1970, with fractions. */
const now = () => performance.timeOrigin + performance.now()

/** Requests that wait for the one that they are a leg of, which ends after them; past that many the oldest are let go. */
const WAITING = 1_000

interface Ended {
  readonly answered: Answered
  readonly end: number
}

function spansOf(api: Api): Tracing['answered'] {
  const tracer = api.trace.getTracer('jftsim')
  const legs = new Map<string, Ended[]>()
  const keep = (key: string, ended: Ended) => {
    const [oldest] = legs.keys()
    if (oldest !== undefined && legs.size >= WAITING) legs.delete(oldest)
    legs.set(key, [...(legs.get(key) ?? []), ended])
  }
  const tell = ({ answered, end }: Ended, above: Context) => {
    const { sandbox, id, method, surface, milliseconds, status, steps } = answered
    const start = end - milliseconds
    const options = { kind: api.SpanKind.SERVER, startTime: start, attributes: attributesOf(answered) }
    const span = tracer.startSpan(`${method} ${surface}`, options, above)
    if (status >= 500 || status === 0) span.setStatus({ code: api.SpanStatusCode.ERROR })
    const own = api.trace.setSpan(above, span)
    let at = start
    for (const { name, outcome, milliseconds: took, rules } of steps) {
      if (outcome === 'not-reached') continue
      const attributes = { 'jftsim.outcome': outcome, ...(rules.length === 0 ? {} : { 'jftsim.rules': [...rules] }) }
      tracer.startSpan(name, { startTime: at, attributes }, own).end(at + took)
      at += took
    }
    for (const leg of legs.get(`${sandbox} ${id}`) ?? []) tell(leg, own)
    legs.delete(`${sandbox} ${id}`)
    span.end(end)
  }
  return (answered) => {
    const ended = { answered, end: now() }
    const { sandbox, parent, traceparent, tracestate } = answered
    if (parent !== undefined) return keep(`${sandbox} ${parent}`, ended)
    const carrier = { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) }
    tell(ended, api.propagation.extract(api.ROOT_CONTEXT, carrier))
  }
}

/** By the names of the semantic conventions for HTTP, where they have one. */
function attributesOf({ sandbox, surface, id, method, path, status }: Answered) {
  return {
    'http.request.method': method,
    'url.path': path,
    ...(status === 0 ? {} : { 'http.response.status_code': status }),
    'jftsim.surface': surface,
    'jftsim.sandbox': sandbox,
    'jftsim.exchange': id,
  }
}

async function load(): Promise<Library> {
  try {
    return (await import(/* @vite-ignore */ LIBRARY)) as Library
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new MissingPackageError(LIBRARY, 'OpenTelemetry (OTEL_…)')
  }
}

/** What is used of the library: the package builds where it is not installed. */
interface Library {
  readonly NodeSDK: new (options: object) => { start(): void; shutdown(): Promise<void> }
  readonly api: Api
}

type Context = Readonly<Record<'getValue', unknown>>

interface Span {
  setStatus(status: { readonly code: number }): unknown
  end(time: number): void
}

interface Api {
  readonly ROOT_CONTEXT: Context
  readonly SpanKind: { readonly SERVER: number }
  readonly SpanStatusCode: { readonly ERROR: number }
  readonly propagation: { extract(context: Context, carrier: object): Context }
  readonly trace: {
    getTracer(name: string): { startSpan(name: string, options: object, context: Context): Span }
    setSpan(context: Context, span: Span): Context
  }
}
