import { request } from 'node:http'

/** Sends a request; with `host`, under that Host header, which `fetch` does not let anybody set. */
export async function send(message: Request, host?: string): Promise<Response> {
  if (host !== undefined) return sendAs(message, host)
  if (!hasProxy()) return fetch(message)
  // Node's own fetch reads no proxy variables before Node 24.
  const { sendProxied } = await import('./proxied.ts')
  return sendProxied(message)
}

/** Whether the environment names a proxy. */
export function hasProxy(env: NodeJS.ProcessEnv = process.env): boolean {
  return [env.HTTP_PROXY, env.http_proxy, env.HTTPS_PROXY, env.https_proxy].some(
    (url) => url !== undefined && url !== '',
  )
}

async function sendAs(message: Request, host: string): Promise<Response> {
  const body = Buffer.from(await message.arrayBuffer())
  const headers = { ...Object.fromEntries(message.headers), host }
  return new Promise((resolve, reject) => {
    const { method, signal } = message
    const sent = request(message.url, { method, headers, signal }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const pairs = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
        resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 200, headers: pairs }))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
