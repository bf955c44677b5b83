import { trimEnd } from '../../ground/text/trim-end.ts'
import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'

/**
 * Where a page ended, and the query that it belongs to. It holds the sort key and no record, so events that come,
 * are read or are acknowledged between two pages neither skip nor repeat any (JFT ReadAPI overview, keyset pagination).
 */
export interface Cursor {
  /** Sort key of the last event of the page: microseconds since the epoch, and id. */
  readonly lastUpdated: number
  readonly lastId: string
  /** Whose records: of that resource type, of that municipality. */
  readonly type: string
  readonly municipality: string
  readonly descending: boolean
  readonly count: number
  /** Which of them, by facet. */
  readonly where: Readonly<Record<string, boolean>>
  /** Bounds of `_lastUpdated` in microseconds, exclusive. */
  readonly above: number | null
  readonly below: number | null
  /** When it was issued, milliseconds since the epoch. */
  readonly issued: number
}

/** What a seal is made over: every part of the cursor, always in the same order. */
export function cursorPayload(cursor: Cursor): string {
  return JSON.stringify(wireForm(cursor))
}

/** The text of a sealed cursor: JSON in base64, twice, which is the form that NHN's example shows. */
export function encodeCursor(cursor: Cursor, seal: string): string {
  return trimEnd(btoa(btoa(JSON.stringify({ ...wireForm(cursor), Seal: seal }))), '=')
}

/** The cursor and seal in a text; `undefined` when the text is not one that `encodeCursor` makes. */
export function decodeCursor(text: string): { readonly cursor: Cursor; readonly seal: string } | undefined {
  try {
    const wire: unknown = JSON.parse(atob(atob(text)))
    if (!isWireForm(wire)) return undefined
    const cursor = fromWire(wire)
    return encodeCursor(cursor, wire.Seal) === text ? { cursor, seal: wire.Seal } : undefined
  } catch {
    return undefined
  }
}

/** How a cursor is used: against which endpoint, by whom, when. */
export interface CursorUse {
  readonly type: string
  readonly municipality: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** 0: for ever. */
  readonly lifetimeSeconds: number
}

/** What is wrong with using an authentic cursor here. */
export function checkCursor(cursor: Cursor, use: CursorUse): Issue[] {
  const issues: Issue[] = []
  if (cursor.type !== use.type) {
    issues.push(issueOf('search-cursor', `The cursor is from a search for ${cursor.type}, not ${use.type}.`))
  }
  if (cursor.municipality !== use.municipality) {
    issues.push(issueOf('search-cursor', 'The cursor was given to another municipality.'))
  }
  if (use.lifetimeSeconds > 0 && use.now > cursor.issued + use.lifetimeSeconds * 1000) {
    issues.push(issueOf('search-cursor', `The cursor is older than ${use.lifetimeSeconds} seconds.`))
  }
  return issues
}

function wireForm(cursor: Cursor) {
  return {
    LastUpdated: cursor.lastUpdated,
    LastId: cursor.lastId,
    Type: cursor.type,
    Municipality: cursor.municipality,
    Descending: cursor.descending,
    Count: cursor.count,
    Where: cursor.where,
    Above: cursor.above,
    Below: cursor.below,
    Issued: cursor.issued,
  }
}

type WireForm = ReturnType<typeof wireForm> & { readonly Seal: string }

function isWireForm(value: unknown): value is WireForm {
  return typeof value === 'object' && value !== null && 'Seal' in value && typeof value.Seal === 'string'
}

function fromWire(wire: WireForm): Cursor {
  return {
    lastUpdated: wire.LastUpdated,
    lastId: wire.LastId,
    type: wire.Type,
    municipality: wire.Municipality,
    descending: wire.Descending,
    count: wire.Count,
    where: wire.Where,
    above: wire.Above,
    below: wire.Below,
    issued: wire.Issued,
  }
}
