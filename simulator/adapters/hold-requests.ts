import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Server as HttpsServer } from 'node:https'

type Held = readonly [event: string, incoming: IncomingMessage, outgoing: ServerResponse]

/**
 * Keeps the requests that come while a port is open and its simulator is not made yet: the port that is free is known only once
 * it listens. What this returns hands them on to whoever listens to the server by then; without it they would wait for ever.
 */
export function holdRequests(server: HttpServer | HttpsServer): () => void {
  const held: Held[] = []
  const release = ['request', 'checkContinue'].map((event) => {
    const hold = (incoming: IncomingMessage, outgoing: ServerResponse) => void held.push([event, incoming, outgoing])
    server.on(event, hold)
    return () => server.off(event, hold)
  })
  return () => {
    for (const letGo of release) letGo()
    for (const [event, incoming, outgoing] of held) server.emit(event, incoming, outgoing)
  }
}
