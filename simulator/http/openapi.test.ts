import { describe, expect, test } from 'vitest'
import { jftRead } from '../surfaces/jft-read/index.ts'
import { jftWrite } from '../surfaces/jft-write/index.ts'
import { openapiOf } from './openapi.ts'
import type { Route } from './route.ts'

const INFO = { title: 'JFT WriteAPI', version: '0.1.0', serverUrl: 'http://localhost:7357/write' }

/** The parts of a document that these tests read. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
}
interface OperationObject {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[]
  readonly requestBody?: { readonly content: object }
  readonly responses: Readonly<Record<string, { readonly content?: object; readonly headers?: object }>>
  readonly security?: readonly object[]
}

const operationsOf = (routes: readonly Route[]) => {
  const { paths } = openapiOf(routes, INFO) as unknown as Document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
}
const operationAt = (routes: readonly Route[], method: string, path: string) => {
  const found = operationsOf(routes).find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`The document has no ${method} ${path}.`)
  return found.operation
}

describe('openapiOf', () => {
  test('says which version it is, of what, and where', () => {
    expect(openapiOf([], INFO)).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'JFT WriteAPI', version: '0.1.0' },
      servers: [{ url: 'http://localhost:7357/write' }],
      components: { securitySchemes: { DPoP: { type: 'http', scheme: 'DPoP' } } },
    })
  })

  test('has the paths of the WriteAPI', () => {
    const operations = operationsOf(jftWrite.routes)
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['post /v1/{type}', 'post /v1/{type}/{id}/$journaling-acknowledged']),
    )
  })

  test('describes a submission', () => {
    const { operationId, parameters, requestBody, responses, security } = operationAt(
      jftWrite.routes,
      'post',
      '/v1/{type}',
    )
    expect(operationId).toBe('postV1Type')
    expect(parameters.map((parameter) => [parameter.in, parameter.name])).toEqual([
      ['path', 'type'],
      ['header', 'nhn-source-system'],
      ['header', 'nhn-event-id'],
      ['header', 'DPoP'],
    ])
    expect(parameters[0]?.schema).toEqual({ type: 'string', enum: ['Bundle', 'Composition', 'MedicationDispense'] })
    expect(Object.keys(requestBody?.content ?? {})).toContain('application/json')
    expect(responses['202']?.headers).toEqual({ Location: { schema: { type: 'string', format: 'uri' } } })
    expect(Object.keys(responses['400']?.content ?? {})).toEqual(['application/fhir+json', 'application/problem+json'])
    expect(security).toEqual([{ DPoP: [] }])
  })

  test('has the search parameters of the ReadAPI', () => {
    const { parameters } = operationAt(jftRead.routes, 'get', '/v1/{type}')
    const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    expect(query).toEqual(['_count', '_sort', '_lastUpdated', '_tag', '_tag:not', 'cursor'])
  })

  test.each([
    ['write', jftWrite.routes],
    ['read', jftRead.routes],
  ])('declares each parameter of a path once, each id once, and refers only to what is there (%s)', (_name, routes) => {
    const operations = operationsOf(routes)
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect(declared).toEqual(inPath)
    }
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const text = JSON.stringify(openapiOf(routes, INFO))
    const { components } = JSON.parse(text)
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(names))
  })
})
