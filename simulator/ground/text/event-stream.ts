/** Whether an answer is a stream of server-sent events (HTML standard, section 9.2): it has no end of its own. */
export function isEventStream({ headers }: Pick<Response, 'headers'>): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false
}
