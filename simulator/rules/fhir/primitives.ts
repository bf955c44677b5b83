import type { FindingRule } from './finding.ts'
import {
  type Dotnet,
  isBase64,
  isCode,
  isDate,
  isDateTime,
  isId,
  isInstant,
  isInt64Text,
  isOid,
  isTime,
  isUuid,
} from './literals.ts'
import { isUri, isUrl } from './uri.ts'

/*
 * What a literal of each primitive type must look like, as the Firely .NET SDK has it: mostly FHIR R4 (datatypes.html,
 * "Primitive Types"), with the liberties of the library and of .NET.
 */

export type { Dotnet } from './literals.ts'
export type SdkVersion = 5 | 6

/** Who reads a literal. */
export interface LibraryVersions {
  readonly sdk: SdkVersion
  readonly dotnet: Dotnet
}

/** A primitive type. */
export interface Primitive {
  /** FHIR's name. */
  readonly name: string
  readonly json: 'string' | 'number' | 'boolean'
  /** The .NET type that SDK 5 reads it into; its messages print it. */
  readonly dotnet: string
  /** The rule that a string breaks which is not empty; of numbers and booleans none. */
  readonly fault: (value: string, library: LibraryVersions) => FindingRule | undefined
}

const MAX_STRING = 1_048_576

const fine = (): undefined => undefined

function text(
  name: string,
  rule: FindingRule,
  accepts: (value: string, library: LibraryVersions) => boolean,
  dotnet = 'String',
): Primitive {
  return {
    name,
    json: 'string',
    dotnet,
    fault: (value, library) => (accepts(value, library) ? undefined : rule),
  }
}

const integer = (name: string): Primitive => ({ name, json: 'number', dotnet: 'Int32', fault: fine })
const isShort = (value: string): boolean => value.length <= MAX_STRING
const uri = text('uri', 'r4-bad-uri', (value, { sdk }) => isUri(value, sdk))

const ALL: readonly Primitive[] = [
  text('string', 'r4-string-too-long', isShort),
  uri,
  { name: 'decimal', json: 'number', dotnet: 'Decimal', fault: fine },
  { name: 'boolean', json: 'boolean', dotnet: 'Boolean', fault: fine },
  integer('integer'),
  integer('positiveInt'),
  integer('unsignedInt'),
  text('markdown', 'r4-string-too-long', isShort),
  text('xhtml', 'r4-string-too-long', () => true),
  text('code', 'r4-bad-code', isCode),
  text('id', 'r4-bad-id', isId),
  text('oid', 'r4-bad-oid', isOid),
  text('uuid', 'r4-bad-uuid', isUuid),
  text('url', 'r4-bad-uri', (value, { sdk }) => sdk === 5 || isUrl(value)),
  text('canonical', 'r4-bad-uri', (value, { sdk }) => sdk === 5 || isUri(value, sdk)),
  text('date', 'r4-bad-date', isDate),
  text('dateTime', 'r4-bad-datetime', (value, { dotnet }) => isDateTime(value, dotnet)),
  text('time', 'r4-bad-time', (value, { dotnet }) => isTime(value, dotnet)),
  text('instant', 'r4-bad-instant', (value, { dotnet, sdk }) => isInstant(value, dotnet, sdk), 'DateTimeOffset'),
  text('base64Binary', 'r4-bad-base64', (value, { dotnet, sdk }) => isBase64(value, sdk, dotnet), 'Byte[]'),
  text('integer64', 'r4-choice-type-not-allowed', isInt64Text, 'Int64'),
]

/** The primitive types by FHIR's name. */
export const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map(ALL.map((primitive) => [primitive.name, primitive]))

const NATIVE: Primitive = { name: 'string', json: 'string', dotnet: 'String', fault: fine }

/** Strings without extensions in SDK 5: an element's id is unchecked, an extension's url is a uri. */
export function nativeString(elementName: string): Primitive {
  return elementName === 'url' ? uri : NATIVE
}
