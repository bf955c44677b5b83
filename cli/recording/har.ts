import { z } from 'zod'
import { SURFACE_NAMES, type SurfaceName } from '../../simulator/ground/surfaces.ts'
import { createOrigins, isLoopback } from '../../simulator/index.ts'
import { CliError } from '../cli-error.ts'
import { readJson } from '../files.ts'
import { isBelow, type Seen, surfaceOfHost } from './recording.ts'

const pair = z.object({ name: z.string(), value: z.string().default('') })
const headers = z.array(pair).default([])
const request = z.object({
  method: z.string(),
  url: z.string(),
  headers,
  postData: z.object({ text: z.string().optional(), params: z.array(pair).optional() }).nullish(),
})
const content = z.object({ text: z.string().optional(), encoding: z.string().optional() }).nullish()
const entry = z.object({
  startedDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time'),
  time: z.number().default(0),
  request,
  response: z.object({ status: z.int(), headers, content }),
})
/** HAR 1.2, as browsers, Fiddler and Postman write it; what none of this reads is left alone. */
const har = z.object({ log: z.object({ entries: z.array(entry) }) })

/** What was read of a HAR file. */
export interface Imported {
  readonly seen: readonly Seen[]
  /** What is no request of a client: the tunnel that a proxy opens for TLS, and the question of a browser before a call. */
  readonly apart: number
  /** Requests to hosts that are none of JFT, PIT, VKP and HelseID. */
  readonly elsewhere: number
  /** Requests without an answer: the tool has none of theirs. */
  readonly unanswered: number
  /** Requests to an API without the header Authorization, which browsers leave out unless told otherwise. */
  readonly withoutToken: number
}

/** Reads a HAR file; `urls` are base URLs of surfaces beside NHN's own. Throws a `CliError` that names each wrong place. */
export function readHar(file: string, urls: Readonly<Record<string, string>>): Imported {
  const { entries } = parsed(file).log
  const calls = entries.filter(({ request: sent }) => !isApart(sent))
  const answered = calls.filter(({ response }) => response.status > 0)
  const seen = answered.flatMap((one) => seenOf(one, urls) ?? [])
  const withoutToken = seen.filter(
    ({ surface, request: { headers: sent } }) =>
      surface !== 'helseid' && !sent.some(([name]) => name.toLowerCase() === 'authorization'),
  )
  const sorted = [...seen].sort((one, other) => one.time.localeCompare(other.time))
  return {
    seen: sorted,
    apart: entries.length - calls.length,
    elsewhere: answered.length - seen.length,
    unanswered: calls.length - answered.length,
    withoutToken: withoutToken.length,
  }
}

/** A tunnel of Fiddler's names a host of ours as if it were called; a preflight is the browser's own (Fetch, 3.3.2). */
function isApart({ method, headers: sent }: Entry['request']): boolean {
  if (/^connect$/i.test(method)) return true
  return /^options$/i.test(method) && sent.some(({ name }) => /^access-control-request-method$/i.test(name))
}

function parsed(file: string): z.output<typeof har> {
  const read = har.safeParse(readJson(file))
  if (read.success) return read.data
  const faults = read.error.issues.slice(0, 10).map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`)
  throw new CliError(faults.join('\n'))
}

type Entry = z.output<typeof entry>

function seenOf(
  { startedDateTime, time, request: sent, response }: Entry,
  urls: Readonly<Record<string, string>>,
): Seen | undefined {
  const place = placeOf(sent.url, urls)
  if (!place) return undefined
  const { text = '', encoding } = response.content ?? {}
  const answer = encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text
  const body = bodyOf(sent.postData ?? {})
  return {
    surface: place.surface,
    time: new Date(startedDateTime).toISOString(),
    milliseconds: time,
    request: {
      method: sent.method.toUpperCase(),
      url: place.url,
      headers: pairs(sent.headers),
      ...(body === '' ? {} : { body }),
    },
    response: { status: response.status, headers: pairs(response.headers), ...(answer === '' ? {} : { body: answer }) },
  }
}

/** A form is a list of parameters in some tools. */
function bodyOf({ text, params = [] }: NonNullable<Entry['request']['postData']>): string {
  if (text !== undefined && text !== '') return text
  return new URLSearchParams(params.map(({ name, value }): [string, string] => [name, value])).toString()
}

/** Without the pseudo-headers of HTTP/2 (RFC 9113, section 8.3), which are no headers. */
function pairs(list: readonly { readonly name: string; readonly value: string }[]): [string, string][] {
  return list.flatMap(({ name, value }): [string, string][] => (name.startsWith(':') ? [] : [[name, value]]))
}

/** Where requests to base URLs that were told are put in a case file. */
const LOCAL = createOrigins('http://localhost:7357', 'test').local

/** Where a URL leads: to NHN's own hosts, to a base URL that was told, or to a simulator. */
function placeOf(
  url: string,
  urls: Readonly<Record<string, string>>,
): { surface: SurfaceName; url: string } | undefined {
  if (!URL.canParse(url)) return undefined
  const known = surfaceOfHost(new URL(url).hostname)
  if (known) return { surface: known, url }
  for (const surface of SURFACE_NAMES) {
    const base = urls[surface]
    if (surface !== 'control' && base !== undefined && isBelow(url, base))
      return { surface, url: LOCAL[surface] + url.slice(base.length) }
  }
  const { hostname, origin } = new URL(url)
  if (!isLoopback(hostname)) return undefined
  const surface = createOrigins(origin, 'test').route(new URL(url))?.surface
  return surface && surface !== 'control' ? { surface, url } : undefined
}
