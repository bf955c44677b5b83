import { EnvHttpProxyAgent, fetch } from 'undici'

/** Hosts that no proxy is asked for: the simulator itself is there. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]', '::1']

let agent: EnvHttpProxyAgent | undefined

/** Sends by the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name. */
export async function sendProxied(message: Request): Promise<Response> {
  const own = process.env.no_proxy ?? process.env.NO_PROXY ?? ''
  agent ??= new EnvHttpProxyAgent({ noProxy: [...LOCAL, ...(own === '' ? [] : [own])].join(',') })
  const body = message.body === null ? null : await message.arrayBuffer()
  const answer = await fetch(message.url, {
    method: message.method,
    headers: [...message.headers],
    body,
    redirect: message.redirect,
    signal: message.signal,
    dispatcher: agent,
  })
  const empty = [204, 205, 304].includes(answer.status)
  return new Response(empty ? null : await answer.arrayBuffer(), {
    status: answer.status,
    headers: [...answer.headers],
  })
}
