import { describe, expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'

interface Document {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: Record<string, unknown> }>> }
}

async function documentOf(surface: string): Promise<{ text: string; document: Document }> {
  const text = await (
    await createSimulator().fetch(new Request(`http://localhost:7357${surface}/openapi-3.0.json`))
  ).text()
  return { text, document: JSON.parse(text) as Document }
}

describe.each([
  ['/write', ['/v1/Bundle', '/v1/Composition', '/v1/MedicationDispense']],
  ['/read', ['/v1/Bundle', '/v1/Composition/_search', '/v1/MedicationDispense/{id}/$status']],
  ['/pit', ['/v1/Patient']],
])('%s/openapi-3.0.json', (surface, paths) => {
  test('has a path for each resource type, no word of 3.1, and unique ids', async () => {
    const { text, document } = await documentOf(surface)
    expect(document.openapi).toBe('3.0.3')
    expect(document.servers).toEqual([{ url: `http://localhost:7357${surface}` }])
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(paths))
    expect(text).not.toMatch(/"const":|"\$schema"|\{type\}/)
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('every reference leads to a schema', async () => {
    const { text, document } = await documentOf(surface)
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(references.length).toBeGreaterThan(10)
    for (const name of new Set(references)) expect(document.components.schemas).toHaveProperty([name ?? ''])
  })
})

test('the schema of a payload has the types of R4: lists, codes, choices, what is mandatory', async () => {
  const { document } = await documentOf('/write')
  const { schemas } = document.components
  expect(schemas.Composition).toMatchObject({
    type: 'object',
    required: ['resourceType', 'status', 'type', 'date', 'author', 'title'],
    properties: {
      resourceType: { enum: ['Composition'] },
      status: { enum: expect.arrayContaining(['final', 'preliminary']) },
      author: { type: 'array', items: { $ref: '#/components/schemas/Reference' } },
      section: { type: 'array', items: { $ref: '#/components/schemas/CompositionSection' } },
    },
  })
  expect(schemas.MedicationDispense?.properties).toMatchObject({
    medicationCodeableConcept: { $ref: '#/components/schemas/CodeableConcept' },
    medicationReference: { $ref: '#/components/schemas/Reference' },
  })
  expect(schemas.Bundle?.properties).toMatchObject({
    entry: { type: 'array', items: { $ref: '#/components/schemas/BundleEntry' } },
  })
})
