import { request } from 'node:http'

/** Sends a request; with `host`, under that Host header, which `fetch` does not let anybody set. */
export function send(message: Request, host?: string): Promise<Response> {
  return host === undefined ? fetch(message) : sendAs(message, host)
}

async function sendAs(message: Request, host: string): Promise<Response> {
  const body = Buffer.from(await message.arrayBuffer())
  const headers = { ...Object.fromEntries(message.headers), host }
  return new Promise((resolve, reject) => {
    const sent = request(message.url, { method: message.method, headers }, (answer) => {
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
