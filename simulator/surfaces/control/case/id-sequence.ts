import { tokensIn } from '../../../ground/text/jwt.ts'
import type { World } from '../../../state/world.ts'
import type { Recorded } from './schema.ts'

/** Brings the identifiers of a seeded sandbox to where they stood when an exchange began. */
export interface IdSequence {
  /** Finds the exchange's own identifiers in what the seed gives next, and goes there; stays where they are not found. */
  seek(exchange: Recorded, legs: readonly Recorded[]): void
}

/**
 * Bytes that are looked through ahead: tokens, control calls and other exchanges that are not replayed took some of the
 * sequence.
 */
const WINDOW = 16_384

/** Creates the sequence of a sandbox that was just made. */
export async function createIdSequence({ time, settings, surroundings }: World): Promise<IdSequence> {
  const { ids } = time
  const ahead = (await surroundings.sandboxes.scratch(settings.name))?.time.ids
  /** Where the sequence stands before each byte of `digits`. */
  const states = [ahead?.state]
  let digits = ''
  const lookAhead = (passed: number) => {
    states.splice(0, passed)
    digits = digits.slice(passed * 2)
    while (ahead && states.length <= WINDOW) {
      digits += ahead.hex(1)
      states.push(ahead.state)
    }
  }
  return {
    seek(exchange, legs) {
      const own = idsOf(exchange, legs)
      const passed = states.indexOf(ids.state)
      if (ids.state === undefined || passed < 0 || own.length === 0) return
      lookAhead(passed)
      const found = firstOf(digits, own)
      if (found > 0) ids.hex(found)
    },
  }
}

const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9A-F]{32}\b/g

/**
 * Identifiers that the exchange and its legs took from the sequence: those that its request did not bring. What PIT was given has
 * one that no answer shows.
 */
function idsOf({ request, response, event = '' }: Recorded, legs: readonly Recorded[]): string[] {
  const brought = new Set(idsIn(textOf(request)))
  const shown = [event, headersOf(response), ...legs.flatMap((leg) => [textOf(leg.request), headersOf(leg.response)])]
  return shown.flatMap(idsIn).filter((id) => !brought.has(id))
}

function headersOf({ headers }: Pick<Recorded['request'], 'headers'>): string {
  return headers.map(([, value]) => value).join('\n')
}

function textOf(request: Recorded['request']): string {
  return [request.url, headersOf(request), request.body?.text ?? ''].join('\n')
}

function idsIn(text: string): string[] {
  const claims = tokensIn(text).map(readable)
  return [text, ...claims].flatMap((one) => one.match(ID) ?? [])
}

/** The payload of a token, as text. */
function readable(token: string): string {
  const payload = token.split('.')[1] ?? ''
  return atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
}

/** Offset in bytes of the first of the identifiers; -1 when there is none. */
function firstOf(digits: string, own: readonly string[]): number {
  const pattern = new RegExp(own.map(drawnAs).join('|'), 'g')
  for (const { index } of digits.matchAll(pattern)) if (index % 2 === 0) return index / 2
  return -1
}

/** A UUID shows all of the 16 bytes that it is made of, but for version and variant. */
function drawnAs(id: string): string {
  if (!id.includes('-')) return id
  const hex = id.replaceAll('-', '').toUpperCase()
  return `${hex.slice(0, 12)}.${hex.slice(13, 16)}.${hex.slice(17)}`
}
