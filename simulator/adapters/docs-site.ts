import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { built } from './built.ts'
import { fileHeaders } from './file-headers.ts'

const ROOT = built('docs')

/** A URL of the docs: without `..` and escapes, so that it leads to nothing else. */
const PAGE = /^https?:\/\/[^/?#]+\/docs(?:\/([\w./@-]*))?(?:[?#]|$)/

/** Whether the docs are built: in the package they are, in a clone after `npm run site`. */
export function hasDocs(): boolean {
  return existsSync(new URL('index.html', ROOT))
}

/** The file of the docs that a request asks for; `undefined` when it asks for something else. */
export async function docsSite(request: Request): Promise<Response | undefined> {
  const asked = request.method === 'GET' ? PAGE.exec(request.url) : null
  if (!asked) return undefined
  const file = fileOf(asked[1] ?? '')
  const content = await readFile(new URL(file, ROOT)).catch(() => undefined)
  return content ? new Response(content, { headers: fileHeaders(file) }) : notThere(file)
}

function fileOf(path: string): string {
  if (path === '' || path.endsWith('/')) return `${path}index.html`
  return extname(path) === '' ? `${path}.html` : path
}

function notThere(file: string): Response {
  const why = file === 'index.html' ? 'The docs are not built: run "npm run site" once.' : 'The docs have no such page.'
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return new Response(`${why} The same pages are in the folder docs.\n`, { status: 404, headers })
}
