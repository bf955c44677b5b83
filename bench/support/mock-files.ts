import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * The two requests of the benchmark as mock servers are told of them: POST /v1/Composition is accepted, GET gives a page.
 */

const PATH = '/v1/Composition'

/** Versions that the benchmark was written against. */
export const PEER_PACKAGES = [
  '@stoplight/prism-cli@5.16.0',
  '@mockoon/cli@9.9.0',
  '@mswjs/http-middleware@0.10.3',
  'msw@2.15.0',
  'wiremock@3.13.2',
] as const

/** What is asked of each of them, written into a folder: `openapi.json`, WireMock's `mappings/`, a floor, msw's server. */
export function writeMockFiles(folder: string, page: unknown): void {
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content)
  write('openapi.json', JSON.stringify(openapi(page)))
  write('mappings/post.json', JSON.stringify({ request: { method: 'POST', urlPath: PATH }, response: { status: 202 } }))
  write(
    'mappings/get.json',
    JSON.stringify({
      request: { method: 'GET', urlPath: PATH },
      response: { status: 200, headers: TYPE, jsonBody: page },
    }),
  )
  write('page.json', JSON.stringify(page))
  write('floor.mjs', FLOOR)
  write('msw.mjs', MSW)
}

const TYPE = { 'Content-Type': 'application/json' }

function openapi(page: unknown) {
  const note = {
    type: 'object',
    required: ['resourceType', 'status'],
    properties: { resourceType: { type: 'string' }, status: { type: 'string' } },
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Notes', version: '1' },
    servers: [{ url: '/' }],
    paths: {
      [PATH]: {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: note } } },
          responses: { '202': { description: 'Accepted' } },
        },
        get: {
          parameters: [{ name: '_count', in: 'query', schema: { type: 'integer' } }],
          responses: {
            '200': {
              description: 'A page',
              content: { 'application/json': { schema: { type: 'object' }, example: page } },
            },
          },
        },
      },
    },
  }
}

const FLOOR = `import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
const page = readFileSync(new URL('page.json', import.meta.url))
const answer = (request, response, body) => {
  if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'application/json' }).end(page)
  JSON.parse(body)
  response.writeHead(202).end()
}
createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part)).on('end', () => answer(request, response, Buffer.concat(parts).toString()))
}).listen(Number(process.argv[2]), '127.0.0.1')
`

const MSW = `import { readFileSync } from 'node:fs'
import { createServer } from '@mswjs/http-middleware'
import { HttpResponse, http } from 'msw'
const page = JSON.parse(readFileSync(new URL('page.json', import.meta.url), 'utf8'))
createServer(
  http.post('*/v1/Composition', async ({ request }) => {
    await request.json()
    return new HttpResponse(null, { status: 202 })
  }),
  http.get('*/v1/Composition', () => HttpResponse.json(page)),
).listen(Number(process.argv[2]), '127.0.0.1')
`
