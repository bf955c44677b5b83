import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { jftWrite } from '../../surfaces/jft-write/index.ts'
import { handle } from '../pipeline.ts'
import { responseTo } from '../plain-answer.ts'
import { defineSurface } from '../surface.ts'
import { swaggerRoutes } from './swagger-page.ts'

const BASE = 'http://localhost:7357/write'

const { world } = createSimulator()
const surface = defineSurface({ ...jftWrite, routes: swaggerRoutes('Write & <acknowledge>', jftWrite.routes, []) })

/** Asks for a path below the base URL of a surface that has the routes. */
async function get(path: string): Promise<Response> {
  const url = new URL(BASE + path)
  const to = { surface: 'jft-write', url, path, origins: world.net.origins.local } as const
  return responseTo(await handle(world, surface, to, new Request(url)))
}

describe('swaggerRoutes', () => {
  test.each(['/swagger', '/swagger/index.html'])('%s is a page that loads nothing from elsewhere', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    const page = await answer.text()
    expect(page).toContain('<h1>Write &amp; &lt;acknowledge&gt;</h1>')
    const urls = [...page.matchAll(/(?:src|href)="(https?:[^"]+)"/g)].map(([, url = '']) => url)
    const files = ['/swagger/page.css', '/swagger/page.js', '/swagger/v1/swagger.json']
    expect(urls).toEqual(files.map((file) => BASE + file))
    for (const file of files) expect((await get(file)).status).toBe(200)
  })

  test('the document describes the API where it was asked for, and not these pages', async () => {
    const document = (await (await get('/swagger/v1/swagger.json')).json()) as { servers: object; paths: object }
    expect(document.servers).toEqual([{ url: BASE }])
    expect(Object.keys(document.paths)).toEqual(['/v1/{type}', '/v1/{type}/{id}/$journaling-acknowledged'])
  })
})
