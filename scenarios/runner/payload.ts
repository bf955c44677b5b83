import { anyEvent, type Event, type Kind, type SpoilerName, seedFixtures, spoil } from '../../fixtures/index.ts'
import { withControlDigits } from '../../fixtures/persons.ts'
import { nameOfToken } from '../../simulator/ground/text/json-pointer.ts'
import type { Payload } from '../pack/step.ts'

/** A payload, ready to be sent. */
export interface MadePayload {
  readonly body: string | Uint8Array<ArrayBuffer>
  /** Its resource type; `undefined` where it has none. */
  readonly type: string | undefined
  /** The resource, where the payload is JSON. */
  readonly resource: unknown
}

type Members = Record<string, unknown>

/** Makes the payload that a step describes. The same `seed` makes the same one. */
export function makePayload(spec: Payload, seed: number, municipality: string): MadePayload {
  const resource = withFault(edited(sourceOf(spec, seed, municipality), spec), spec)
  const text = textOf(spec, resource)
  const type = (resource as Members | undefined)?.resourceType
  return { body: asBytes(padded(text, spec), spec), type: typeof type === 'string' ? type : undefined, resource }
}

/** Blanks after the text, up to the size in bytes of UTF-8. */
function padded(text: string, { size = 0 }: Payload): string {
  const missing = size - new TextEncoder().encode(text).byteLength
  return missing > 0 ? text + ' '.repeat(missing) : text
}

function sourceOf({ fixture, code, time, device, json }: Payload, seed: number, municipality: string): unknown {
  if (fixture === undefined) return structuredClone(json)
  seedFixtures(seed)
  return anyEvent(fixture as Kind, {
    municipality,
    ...(code === undefined ? {} : { code }),
    ...(time === undefined ? {} : { time }),
    ...(device === undefined ? {} : { device }),
  })
}

function textOf({ text, hex, spoil: spoiler }: Payload, resource: unknown): string {
  if (text !== undefined || hex !== undefined) return text ?? ''
  return spoiler === undefined ? JSON.stringify(resource) : spoil(resource as Event, spoiler as SpoilerName)
}

function edited(resource: unknown, { set = {}, remove = [] }: Payload): unknown {
  for (const [pointer, value] of Object.entries(set)) put(resource, pointer, value)
  for (const pointer of remove) put(resource, pointer, undefined)
  return resource
}

/** Sets the value at a JSON Pointer (RFC 6901); `undefined` takes it away. Throws where the parent is not there. */
function put(root: unknown, pointer: string, value: unknown): void {
  const parts = pointer.split('/').slice(1).map(nameOfToken)
  const last = parts.pop() ?? ''
  const parent = parts.reduce<unknown>((node, part) => (node as Members | undefined)?.[part], root)
  if (typeof parent !== 'object' || parent === null) throw new Error(`The payload has nothing at ${pointer}.`)
  if (Array.isArray(parent) && value === undefined) parent.splice(Number(last), 1)
  else if (value === undefined) delete (parent as Members)[last]
  else (parent as Members)[last] = value
}

/** The first identity number of a text, in an identifier or in words: that of the patient where a fixture is sent. */
const IDENTITY_NUMBER = /(?<![\w.-])\d{11}(?![\w.-])/

function withFault(resource: unknown, { fault }: Payload): unknown {
  if (fault === 'long') return { ...(resource as Members), extension: [{ url: 'urn:example:long', valueString: LONG }] }
  if (fault === 'deep') return { ...(resource as Members), extension: nested(80) }
  if (fault !== 'real-number' && fault !== 'old-synthetic-number') return resource
  const number = fault === 'real-number' ? unbornNumber(0) : unbornNumber(40)
  return JSON.parse(JSON.stringify(resource).replace(IDENTITY_NUMBER, number)) as unknown
}

/** One character more than a FHIR string may have (FHIR R4, datatypes.html). */
const LONG = 'x'.repeat(1_048_577)

function nested(depth: number): unknown {
  const url = 'urn:example:deep'
  return [depth === 0 ? { url, valueString: 'x' } : { url, extension: nested(depth - 1) }]
}

/**
 * A number in the form of the real series with right control digits, of somebody born in December 2039: nobody has it.
 * `added` to the month makes it one of a synthetic series.
 */
function unbornNumber(added: number): string {
  const month = String(12 + added)
  for (let serial = 999; serial > 900; serial -= 1) {
    const number = withControlDigits(`24${month}39${serial}`)
    if (number !== undefined) return number
  }
  throw new Error('No serial number of that day has control digits.')
}

/** A byte order mark, or an encoding that is not UTF-8. */
function asBytes(text: string, { fault, hex }: Payload): string | Uint8Array<ArrayBuffer> {
  if (hex !== undefined) return Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16))
  if (fault === 'bom') return `\ufeff${text}`
  if (fault !== 'latin-1') return text
  return Uint8Array.from(text.replace('{', '{"language":"n\u00f8",'), (character) => character.charCodeAt(0) & 0xff)
}
