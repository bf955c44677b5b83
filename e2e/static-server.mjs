import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'

/**
 * A plain web server, which knows files and nothing else: `node static-server.mjs PORT PREFIX FOLDER` serves the folder
 * (relative to this file) below the path prefix, and answers 404 to all else.
 */
const [port, prefix = '/', folder = '.'] = process.argv.slice(2)
const root = new URL(`${folder}/`, import.meta.url)

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function answer({ url = '' }, response) {
  const { pathname } = new URL(url, 'http://localhost')
  const file = pathname === prefix ? 'index.html' : pathname.slice(prefix.length)
  const content = pathname.startsWith(prefix) ? await readFile(new URL(file, root)).catch(() => undefined) : undefined
  response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
  response.end(content ?? 'No such file.\n')
}

createServer((request, response) => void answer(request, response)).listen(Number(port), 'localhost')
