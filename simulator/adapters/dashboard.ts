import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

/** Where the built dashboard lies: beside the compiled code, or below `dist` when the sources run. */
const ROOT = new URL(import.meta.url.endsWith('.ts') ? '../../dist/ui/' : '../../ui/', import.meta.url)

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The page runs its own scripts and talks to its own origin, and nobody may frame it. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

/** A URL of the page or of one of its files: most requests are for neither, and their URL is parsed by the simulator. */
const PAGE = /^https?:\/\/[^/?#]+\/(assets\/[\w.-]+)?(?:[?#]|$)/

/** The dashboard's file that a request asks for; `undefined` when it asks for something else. */
export async function dashboard(request: Request): Promise<Response | undefined> {
  if (request.method !== 'GET') return undefined
  const asked = PAGE.exec(request.url)
  if (!asked) return undefined
  const [, file = 'index.html'] = asked
  const content = await readFile(new URL(file, ROOT)).catch(() => undefined)
  if (content) return new Response(content, { headers: headersFor(file) })
  return file === 'index.html' ? notBuilt() : undefined
}

function headersFor(file: string): Record<string, string> {
  return {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': file === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
  }
}

function notBuilt(): Response {
  const text = 'The dashboard is not built. Run "npm run build" once; the APIs work without it.\n'
  return new Response(text, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
