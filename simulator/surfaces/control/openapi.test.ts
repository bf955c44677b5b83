import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { control } from './index.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: { 'application/json': { schema: Record<string, unknown> } } }
}

async function description() {
  const answer = await createSimulator().fetch(new Request('http://localhost:7357/_sim/openapi.json'))
  return (await answer.json()) as {
    openapi: string
    servers: readonly { url: string }[]
    paths: Record<string, Record<string, Operation>>
  }
}

test('the description has every route of the API, and nothing else', async () => {
  const { openapi, servers, paths } = await description()
  expect([openapi, servers]).toEqual(['3.1.0', [{ url: 'http://localhost:7357/_sim' }]])
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.sort()).toEqual(control.routes.map(({ method, path }) => `${method} ${path}`).sort())
  const operations = Object.values(paths).flatMap((item) => Object.values(item))
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
})

describe('bodies are described by what reads them', () => {
  test.each([
    ['/settings', 'put', 'countMax'],
    ['/clients', 'post', 'publicKeys'],
    ['/verify', 'post', 'times'],
    ['/explain', 'post', 'url'],
    ['/routes', 'put', 'routes'],
    ['/vkp/register', 'put', 'register'],
    ['/faults', 'post', 'preset'],
    ['/case', 'post', 'exchanges'],
    ['/clock', 'put', 'mode'],
    ['/clock/advance', 'post', 'by'],
    ['/sandboxes', 'post', 'frozenAt'],
  ])('%s', async (path, method, member) => {
    const { paths } = await description()
    const schema = paths[path]?.[method]?.requestBody?.content['application/json'].schema
    expect(JSON.stringify(schema)).toContain(`"${member}"`)
  })
})

test('parameters of path and query are there', async () => {
  const { paths } = await description()
  expect(paths['/exchanges']?.get?.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['status', 'limit', 'before']),
  )
  expect(paths['/exchanges/{id}/har']?.get?.parameters).toMatchObject([{ name: 'id', in: 'path' }])
})
