import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { noteUnheard, type PlainOutcome } from '../index.ts'

/** The newest answer on each connection. */
const newest = new WeakMap<Socket, PlainOutcome>()
const brokenHere = new WeakSet<ServerResponse>()

/**
 * Notes of an answer that its client may not have had it whole: the connection, or the client's side of it, ended before it
 * was written, or was reset after it with nothing asked in between, as a client does that closes with an answer unread.
 */
export function listenForHangUp(outcome: PlainOutcome, outgoing: ServerResponse): void {
  const { socket } = outgoing
  if (socket === null || socket.destroyed) {
    note(outcome)
    return
  }
  if (!newest.has(socket)) socket.once('error', () => note(newest.get(socket)))
  newest.set(socket, outcome)
  outgoing.once('close', () => {
    const isCut = !outgoing.writableFinished || socket.readableEnded
    if (isCut && !brokenHere.has(outgoing)) note(outcome)
  })
}

/** A fault breaks the connection here: its client has not hung up. */
export function breakHere(outgoing: ServerResponse): void {
  brokenHere.add(outgoing)
  outgoing.socket?.destroy()
}

/** Where the journal cannot be written any more, it has no place for this either. */
function note(outcome: PlainOutcome | undefined): void {
  if (outcome !== undefined) void noteUnheard(outcome).catch(() => {})
}
