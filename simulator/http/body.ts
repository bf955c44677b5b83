import { issueOf } from '../rules/catalogue.ts'
import { decodeAnyway, decodeJson } from '../rules/json/encoding.ts'
import { tooLarge } from '../services/body-checks.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/**
 * Reads a request's body as UTF-8, without its byte order mark. Past `limit` bytes the rest is not read.
 * Throws a `Rejection`: 415 when it is compressed, 413 when it is larger, 400 when it is not UTF-8 or breaks off. `keep` is
 * given the text of what was refused after it was read.
 */
export async function readBody(ctx: Context, limit: number, keep: Keep): Promise<string> {
  const { headers } = ctx.request
  requirePlain(ctx, headers.get('content-encoding'))
  const declared = Number(headers.get('content-length') ?? 0)
  if (declared > limit) ctx.refuse(refusal(declared, limit))
  else if (declared > 0) return decode(ctx, await readWhole(ctx, limit), keep)
  // A client may wait with its body until somebody asks for it (RFC 9110, section 10.1.1): nothing touches it before.
  const { body } = ctx.request
  if (!body) return ''
  return decode(ctx, await collect(ctx, body.getReader(), limit, keep), keep)
}

type Keep = (text: string) => void

/** No service is known to take a compressed body, and ASP.NET does not unless it is told to. */
function requirePlain(ctx: Context, coding: string | null): void {
  if (coding === null || /^\s*(?:identity\s*)?$/i.test(coding)) return
  const message = `The body is sent with Content-Encoding ${coding}; it must come as it is.`
  ctx.refuse(
    new Rejection(415, [issueOf('http-content-coding', message)], { headers: { 'accept-encoding': 'identity' } }),
  )
}

/** A body whose length was said, and is small enough: HTTP reads no more than that, and who makes a `Request` has it whole. */
async function readWhole(ctx: Context, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await ctx.request.arrayBuffer().catch(brokenOff))
  const size = bytes.byteLength
  if (size > limit && ctx.activeIssues([tooLarge(size, limit)]).length > 0) throw refusal(size, limit)
  return bytes
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

async function collect(ctx: Context, reader: Reader, limit: number, keep: Keep): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff)
    if (done) return join(chunks, size)
    size += value.byteLength
    chunks.push(value)
    if (size > limit && ctx.activeIssues([tooLarge(size, limit)]).length > 0) {
      void reader.cancel().catch(() => {})
      keep(decodeAnyway(join(chunks, size)))
      throw refusal(size, limit)
    }
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks
  if (only && chunks.length === 1) return only
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

function decode(ctx: Context, bytes: Uint8Array, keep: Keep): string {
  const { text, issue } = decodeJson(bytes)
  if (issue === undefined) return text
  const anyway = decodeAnyway(bytes)
  keep(anyway)
  ctx.refuse(new Rejection(400, [issue]))
  return anyway
}

function brokenOff(): never {
  throw new Rejection(400, [issueOf('http-body', 'The body broke off before its end.', { severity: 'fatal' })])
}

function refusal(size: number, limit: number): Rejection {
  return new Rejection(413, [tooLarge(size, limit)], { headers: { connection: 'close' } })
}
