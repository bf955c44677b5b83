import { surfaceOfPath } from '../index.ts'

/** Counts requests for Prometheus. */
export interface Metrics {
  /** A request was answered, after so many seconds. */
  answered(request: Request, status: number, seconds: number): void
  /** The answer to `GET /metrics`; `undefined`: the request is for something else. */
  page(request: Request): Promise<Response> | undefined
}

/** Seconds: from what memory does at once to what a client no longer waits for. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])

/** Creates the metrics of this process: its own, and requests by surface, method and status. */
export async function createMetrics(): Promise<Metrics> {
  const { Registry, Counter, Histogram, collectDefaultMetrics } = await import('./prom-library.ts')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'jftsim_requests_total',
    help: 'Requests that were answered; status 0: a simulated failure broke the connection.',
    labelNames: ['surface', 'method', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'jftsim_request_duration_seconds',
    help: 'Time from a request to its answer, without the time of the network.',
    labelNames: ['surface'],
    buckets: BUCKETS,
    registers: [registry],
  })
  return {
    answered({ url, method }, status, took) {
      const surface = surfaceOfPath(new URL(url).pathname) ?? 'none'
      requests.inc({ surface, method: METHODS.has(method) ? method : 'other', status })
      seconds.observe({ surface }, took)
    },
    page({ method, url }) {
      if (method !== 'GET' || new URL(url).pathname !== '/metrics') return undefined
      return registry
        .metrics()
        .then((text) => new Response(text, { headers: { 'content-type': registry.contentType } }))
    },
  }
}
