import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { returnedHeaders } from './as-is.ts'

/** Bytes of an EHR's answer that VKP passes on: as many as it takes of an event. */
const LIMIT = 16 * 1024 * 1024

/** The name by which VKP knows itself in `Via` (RFC 9110, section 7.6.3): who meets it again runs in a circle. */
const VIA = '1.1 jft-simulator-vkp'

/** Asks a vendor's own EHR. Throws a `Rejection` 400 when it does not answer, answers too much, or is VKP itself. */
export async function askVendorEhr(ctx: Context, request: Request): Promise<Answer> {
  const before = ctx.request.headers.get('via')
  if (before?.includes(VIA)) {
    throw failed(`The EHR at ${request.url} was not called: this search comes from VKP itself, so it runs in a circle.`)
  }
  request.headers.set('via', before === null ? VIA : `${before}, ${VIA}`)
  try {
    return await passOn(await ctx.world.net.outbound(request))
  } catch (fault) {
    return unreachable(request.url, fault)
  }
}

/** Status, headers and body as they came, the body byte for byte. Throws a `Rejection` where they cannot be passed on. */
export async function passOn(answer: Response): Promise<Answer> {
  const { status, headers } = answer
  const body = await bytesOf(answer)
  if (status < 200 || status > 599) throw failed(`The EHR answered with status ${status}, which HTTP does not have.`)
  return {
    status,
    headers: returnedHeaders(headers),
    ...(body.byteLength === 0 || status === 204 || status === 205 || status === 304 ? {} : { body }),
  }
}

async function bytesOf({ body, headers }: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(headers.get('content-length') ?? 0) > LIMIT) {
    await body?.cancel()
    throw tooMuch()
  }
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  // Leaving the loop cancels the rest.
  for await (const part of body ?? []) {
    size += part.byteLength
    if (size > LIMIT) throw tooMuch()
    parts.push(part)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function tooMuch(): Rejection {
  return failed(`The EHR's answer is larger than ${LIMIT} bytes; VKP passes on no more.`)
}

function failed(message: string): Rejection {
  return new Rejection(400, [issueOf('vkp-ehr-failed', message)])
}

/** The platform names a time-out as such; everything else is an EHR that cannot be reached. */
export function unreachable(url: string, fault: unknown): never {
  if (fault instanceof Rejection) throw fault
  const { name, message } = fault instanceof Error ? fault : new Error(String(fault))
  const rule = name === 'TimeoutError' ? 'vkp-timed-out' : 'vkp-ehr-failed'
  throw new Rejection(400, [issueOf(rule, `The EHR at ${url} did not answer: ${message}.`)])
}
