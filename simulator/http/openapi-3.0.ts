import { payloadSchemas } from './fhir/payload-schemas.ts'
import { type ApiInfo, openapiOf } from './openapi.ts'
import type { Route } from './route.ts'
import { in30 } from './schema-3.0.ts'

type Members = Readonly<Record<string, unknown>>

/**
 * The same description as an OpenAPI 3.0.3 document, for generators that do not know 3.1 (NSwag, older openapi-generator):
 * one path for each resource type, with that type's schema as its body. `types`: the resource types of the paths; an API
 * without any has the schemas of its routes.
 */
export function openapi30Of(routes: readonly Route[], info: ApiInfo, types: readonly string[]): Members {
  const { paths, components, ...document } = openapiOf(routes, info) as { paths: Paths; components: Components }
  const typed = Object.entries(paths).flatMap(([path, item]) => pathsFor(path, item, types))
  return in30({
    ...document,
    openapi: '3.0.3',
    paths: Object.fromEntries(typed),
    components: {
      ...components,
      schemas: { ...components.schemas, ...payloadsOf(types) },
    },
  }) as Members
}

function payloadsOf(types: readonly string[]): Members {
  return types.length === 0 ? {} : { Status: STATUS, ...payloadSchemas([...types, 'Bundle']) }
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>
interface Components {
  readonly schemas: Members
}
interface Operation {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string }[]
  readonly requestBody?: { readonly required: true; readonly content: Members }
  readonly responses: Readonly<Record<string, Members>>
}

/** What `$status` answers (JFT ReadAPI overview, "Status"). */
const STATUS = {
  type: 'object',
  properties: Object.fromEntries(
    ['registered', 'read', 'journalingAcknowledged', 'failed'].map((name) => [
      name,
      { type: 'string', nullable: true },
    ]),
  ),
}

function pathsFor(path: string, item: Paths[string], types: readonly string[]): [string, Members][] {
  const own = types.filter((type) => path.includes('{type}') || path.split('/').includes(type))
  if (own.length === 0) return [[path, item]]
  return own.map((type) => [
    path.replace('{type}', type),
    Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [method, operationFor(operation, path, type)]),
    ),
  ])
}

function operationFor(operation: Operation, path: string, type: string): Members {
  const { operationId, parameters, requestBody, responses } = operation
  const ok = responses['200']
  return {
    ...operation,
    operationId: operationId.replace('Type', type),
    parameters: parameters.filter(({ name }) => name !== 'type'),
    ...(requestBody === undefined ? {} : { requestBody: bodyFor(requestBody, type) }),
    responses: ok === undefined ? responses : { ...responses, '200': answerFor(ok, path) },
  }
}

function bodyFor({ content, ...body }: NonNullable<Operation['requestBody']>, type: string): Members {
  if (!('application/json' in content)) return { ...body, content }
  return { ...body, content: { 'application/json': reference(type) } }
}

function answerFor(answer: Members, path: string): Members {
  const isStatus = path.endsWith('$status')
  const content = isStatus
    ? { 'application/json': reference('Status') }
    : { 'application/fhir+json': reference('Bundle') }
  return { ...answer, content }
}

function reference(name: string): Members {
  return { schema: { $ref: `#/components/schemas/${name}` } }
}
