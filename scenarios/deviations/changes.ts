import type { DeviantReply, Deviation, Endpoint } from './deviation.ts'

/** Ways to be wrong that many endpoints can have: each makes the deviations of one endpoint. */

type Json = Record<string, unknown>
type Change = Omit<Deviation, 'name' | 'endpoint'>

/** One deviation of an endpoint. */
export function at(endpoint: Endpoint, what: string, change: Change): Deviation {
  return { name: `${endpoint.name}: ${what}`, endpoint, ...change }
}

/** Answers with another status than that. */
export function statusSwapped(endpoint: Endpoint, statuses: Readonly<Record<number, number>>): Deviation[] {
  return Object.entries(statuses).map(([right, wrong]) =>
    at(endpoint, `${wrong} instead of ${right}`, {
      reply: (reply) => (reply.status === Number(right) ? { ...reply, status: wrong } : undefined),
    }),
  )
}

/** Answers of that status lack a header. */
export function headerDropped(endpoint: Endpoint, status: number, header: string): Deviation {
  return at(endpoint, `${status} without ${header}`, {
    reply(reply) {
      if (reply.status !== status || !reply.headers.has(header)) return undefined
      reply.headers.delete(header)
      return reply
    },
  })
}

/** Takes what breaks one of these rules, as long as nothing else is wrong. */
export function unchecked(endpoint: Endpoint, rule: string, success: (reply: DeviantReply) => DeviantReply): Deviation {
  return at(endpoint, `does not look at ${rule}`, {
    reply: (reply) => (reply.status >= 400 && reply.body.includes(`"${rule}"`) ? success(reply) : undefined),
  })
}

/** The JSON of a successful answer is changed; a change that gives undefined finds nothing to change. */
export function jsonChanged(endpoint: Endpoint, what: string, change: (json: Json) => Json | undefined): Deviation {
  return at(endpoint, what, {
    reply(reply) {
      if (reply.status !== 200 || !reply.body.startsWith('{')) return undefined
      const changed = change(JSON.parse(reply.body) as Json)
      return changed && { ...reply, body: JSON.stringify(changed) }
    },
  })
}

/** A member of a successful answer is lost. */
export function memberDropped(endpoint: Endpoint, member: string): Deviation {
  return jsonChanged(endpoint, `no ${member}`, (json) => {
    if (!(member in json)) return undefined
    const { [member]: _lost, ...rest } = json
    return rest
  })
}

/** A parameter of the query or the form is passed over. */
export function parameterIgnored(endpoint: Endpoint, parameter: string): Deviation {
  return at(endpoint, `passes ${parameter} over`, {
    request(request) {
      const url = new URL(request.url)
      if (!url.searchParams.has(parameter)) return request
      url.searchParams.delete(parameter)
      return new Request(url, request)
    },
  })
}

/** A header of the request is passed over. */
export function requestHeaderIgnored(endpoint: Endpoint, header: string): Deviation {
  return at(endpoint, `passes ${header} over`, {
    request(request) {
      request.headers.delete(header)
      return request
    },
  })
}

interface Entry {
  readonly fullUrl?: string
  readonly resource: Json & { readonly id?: string; readonly meta?: Json }
}

/** The entries of a page are changed. */
export function entriesChanged(endpoint: Endpoint, what: string, change: (entries: Entry[]) => Entry[] | undefined) {
  return jsonChanged(endpoint, what, (json) => {
    const entry = json.entry as Entry[] | undefined
    const changed = entry && change(entry)
    return changed && { ...json, entry: changed }
  })
}

/** The links of a page are changed. */
export function linksChanged(
  endpoint: Endpoint,
  what: string,
  change: (links: { relation: string; url: string }[]) => { relation: string; url: string }[] | undefined,
): Deviation {
  return jsonChanged(endpoint, what, (json) => {
    const changed = change(json.link as { relation: string; url: string }[])
    return changed && { ...json, link: changed }
  })
}
