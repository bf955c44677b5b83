import { z } from 'zod'
import { FORM } from './form.ts'
import type { Operation, Parameter, Route } from './route.ts'

/** What a document says of the API as a whole. */
export interface ApiInfo {
  readonly title: string
  readonly version: string
  /** The surface's base URL. */
  readonly serverUrl: string
}

/**
 * Describes routes as an OpenAPI 3.1.0 document. The path, its parameters and the security come from the route itself,
 * everything else from its `operation`; a route that has none is left out.
 */
export function openapiOf(routes: readonly Route[], { title, version, serverUrl }: ApiInfo): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { operation, ...route } of routes) {
    if (!operation) continue
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route, operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url: serverUrl }],
    paths,
    components: { schemas: SCHEMAS, securitySchemes: { DPoP: DPOP } },
  }
}

/** RFC 9449, section 7.1. OpenAPI 3.1 takes any scheme of the IANA registry of HTTP authentication schemes. */
const DPOP = {
  type: 'http',
  scheme: 'DPoP',
  description: 'Authorization: DPoP <access token>, and a proof for this method and URL in the header DPoP (RFC 9449)',
}

const PROOF = {
  name: 'DPoP',
  in: 'header',
  required: true,
  description: 'A new proof for each request: a JWT with htm, htu, iat, jti and ath (RFC 9449, section 4.2)',
  schema: { type: 'string' },
}

/** FHIR R4, 2.36 OperationOutcome; RFC 9457, section 3.1. */
const SCHEMAS = {
  OperationOutcome: {
    type: 'object',
    required: ['resourceType', 'issue'],
    properties: {
      resourceType: { const: 'OperationOutcome' },
      issue: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/OperationOutcomeIssue' } },
    },
  },
  OperationOutcomeIssue: {
    type: 'object',
    required: ['severity', 'code'],
    properties: {
      severity: { enum: ['fatal', 'error', 'warning', 'information'] },
      code: { type: 'string' },
      details: { type: 'object' },
      diagnostics: { type: 'string' },
      location: { type: 'array', items: { type: 'string' } },
      expression: { type: 'array', items: { type: 'string' } },
    },
  },
  ProblemDetails: {
    type: 'object',
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      errors: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    },
  },
}

function describe({ method, path, summary, steps }: Route, operation: Operation): Record<string, unknown> {
  const secured = steps.includes('token')
  const parameters = [...pathParameters(path, operation), ...otherParameters(operation), ...(secured ? [PROOF] : [])]
  return {
    operationId: operationId(method, path),
    summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    parameters,
    ...requestBody(operation),
    responses: responses(operation.responses),
    ...(secured ? { security: [{ DPoP: [] }] } : {}),
  }
}

/** `POST /v1/:type/:id/$status` is `postV1TypeIdStatus`. */
function operationId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function pathParameters(path: string, { pathValues }: Operation) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const values = pathValues?.[name]
    const schema = { type: 'string', ...(values === undefined ? {} : { enum: values }) }
    return { name, in: 'path', required: true, schema }
  })
}

function otherParameters({ query = [], headers = [] }: Operation) {
  const describeIn = (place: 'query' | 'header') => (parameter: Parameter) => ({
    name: parameter.name,
    in: place,
    description: parameter.description,
    schema: { type: 'string' },
    ...(parameter.example === undefined ? {} : { example: parameter.example }),
  })
  return [...query.map(describeIn('query')), ...headers.map(describeIn('header'))]
}

function requestBody({ body, schema }: Operation) {
  if (schema !== undefined) return { requestBody: { content: { 'application/json': { schema: schemaOf(schema) } } } }
  if (body === undefined) return {}
  const content = Object.entries(body).map(([type, example]) => [type, { schema: bodySchema(type), example }])
  return { requestBody: { required: true, content: Object.fromEntries(content) } }
}

/** As a caller writes it: with defaults left out, and before anything is made of it. */
function schemaOf(schema: z.ZodType) {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })
  return described
}

function bodySchema(contentType: string) {
  return { type: contentType === FORM ? 'string' : 'object' }
}

function responses(descriptions: Operation['responses']) {
  const entries = Object.entries(descriptions)
  return Object.fromEntries(entries.map(([status, description]) => [status, response(Number(status), description)]))
}

/** A refusal has one of two bodies, a setting; a 202 says where the status is. */
function response(status: number, description: string) {
  if (status === 202) return { description, headers: { Location: { schema: { type: 'string', format: 'uri' } } } }
  if (status === 429 || status < 400) return { description }
  const ref = (name: keyof typeof SCHEMAS) => ({ schema: { $ref: `#/components/schemas/${name}` } })
  const content = {
    'application/fhir+json': ref('OperationOutcome'),
    'application/problem+json': ref('ProblemDetails'),
  }
  return { description, content }
}
