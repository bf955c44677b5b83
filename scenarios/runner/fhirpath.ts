import fhirpath from 'fhirpath'
import { bounded, EndlessExpression } from './bounded.ts'

/** Parsing an expression takes longer than evaluating it, and most are evaluated often. */
const compiled = new Map<string, ReturnType<typeof compile>>()

/** What a FHIRPath expression gives on a JSON value. Throws with the expression when it is none. */
export function evaluate(value: unknown, expression: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  try {
    return bounded(expression, () => compiledOf(expression)(value))
  } catch (error) {
    if (error instanceof EndlessExpression) throw error
    throw new Error(`${expression} is not FHIRPath: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Why an expression is none; `undefined` where it is one. */
export function expressionFault(expression: string): string | undefined {
  try {
    compiledOf(expression)
    return undefined
  } catch (error) {
    return `${expression} is not FHIRPath: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
}

function compiledOf(expression: string) {
  const known = compiled.get(expression) ?? compile(expression)
  compiled.set(expression, known)
  return known
}

/** Nothing that it calls is asynchronous: no terminology is asked for. */
function compile(expression: string) {
  return fhirpath.compile(expression, undefined, { async: false })
}
