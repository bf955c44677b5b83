import { readFile } from 'node:fs/promises'
import { built } from './built.ts'
import { fileHeaders } from './file-headers.ts'

const ROOT = built('ui')

/** A URL of the page or of one of its files: most requests are for neither, and their URL is parsed by the simulator. */
const PAGE = /^https?:\/\/[^/?#]+\/(assets\/[\w.-]+)?(?:[?#]|$)/

/** The dashboard's file that a request asks for; `undefined` when it asks for something else. */
export async function dashboard(request: Request): Promise<Response | undefined> {
  if (request.method !== 'GET') return undefined
  const asked = PAGE.exec(request.url)
  if (!asked) return undefined
  const [, file = 'index.html'] = asked
  const content = await readFile(new URL(file, ROOT)).catch(() => undefined)
  if (content) return new Response(content, { headers: fileHeaders(file) })
  return file === 'index.html' ? notBuilt() : undefined
}

function notBuilt(): Response {
  const text = 'The dashboard is not built. Run "npm run build" once; the APIs work without it.\n'
  return new Response(text, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
