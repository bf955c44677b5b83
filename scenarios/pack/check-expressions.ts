import { expressionFault } from '../runner/fhirpath.ts'
import type { Expectation, Matcher, Payload, Step } from './step.ts'

/** What is wrong in a step, by its path below the step. */
export interface Wrong {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Expressions, patterns and pointers of a step that cannot be meant: they are told when the pack is read. */
export function wrongExpressions(step: Step): Wrong[] {
  const { submit, check, await: awaited, expect, capture = {} } = step
  return [
    ...pointersIn(submit, ['submit']),
    ...pointersIn(check, ['check']),
    ...pointersIn(awaited?.with, ['await', 'with']),
    ...(expect ? expressionsIn(expect) : []),
    ...Object.entries(capture).flatMap(([name, one]) => {
      const { path, exchange, matches } = typeof one === 'string' ? { path: one } : one
      const at = typeof one === 'string' ? ['capture', name] : ['capture', name, 'path']
      return [...fhirPath(path, at), ...fhirPath(exchange, at), ...pattern(matches, ['capture', name, 'matches'])]
    }),
  ]
}

/** A JSON Pointer is empty or begins with a slash (RFC 6901, section 3). */
function pointersIn(payload: Payload | undefined, at: readonly PropertyKey[]): Wrong[] {
  const { set = {}, remove = [] } = payload ?? {}
  return [
    ...Object.keys(set).flatMap((pointer) => wrongPointer(pointer, [...at, 'set', pointer])),
    ...remove.flatMap((pointer, index) => wrongPointer(pointer, [...at, 'remove', index])),
  ]
}

function wrongPointer(pointer: string, path: readonly PropertyKey[]): Wrong[] {
  if (pointer.startsWith('/') || isFilledLater(pointer)) return []
  const message = `${JSON.stringify(pointer)} is not a JSON Pointer. Did you mean ${JSON.stringify(`/${pointer}`)}?`
  return [{ path, message }]
}

function expressionsIn(expect: Expectation): Wrong[] {
  const tables = (['body', 'token', 'exchange'] as const).flatMap((key) =>
    Object.entries(expect[key] ?? {}).flatMap(([path, matcher]) => [
      ...fhirPath(path, ['expect', key, path]),
      ...patternIn(matcher, ['expect', key, path]),
    ]),
  )
  const headers = Object.entries(expect.headers ?? {}).flatMap(([name, matcher]) =>
    patternIn(matcher, ['expect', 'headers', name]),
  )
  return [
    ...tables,
    ...headers,
    ...patternIn(expect.text, ['expect', 'text']),
    ...patternIn(expect.found, ['expect', 'found']),
  ]
}

function fhirPath(expression: string | undefined, path: readonly PropertyKey[]): Wrong[] {
  if (expression === undefined || isFilledLater(expression)) return []
  const fault = expressionFault(expression)
  return fault === undefined ? [] : [{ path, message: fault }]
}

function patternIn(matcher: Matcher | undefined, path: readonly PropertyKey[]): Wrong[] {
  if (typeof matcher !== 'object' || matcher === null || Array.isArray(matcher)) return []
  return pattern(matcher.matches, [...path, 'matches'])
}

function pattern(text: string | undefined, path: readonly PropertyKey[]): Wrong[] {
  if (text === undefined || isFilledLater(text)) return []
  try {
    new RegExp(text, 'u')
    return []
  } catch (error) {
    return [{ path, message: error instanceof Error ? error.message : String(error) }]
  }
}

/** What has a value of the run in it is known only then. */
function isFilledLater(text: string): boolean {
  return text.includes('${')
}
