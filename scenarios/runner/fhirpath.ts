import fhirpath from 'fhirpath'

/** What a FHIRPath expression gives on a JSON value. Throws with the expression when it is none. */
export function evaluate(value: unknown, expression: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  try {
    return fhirpath.evaluate(value, expression) as unknown[]
  } catch (error) {
    throw new Error(`${expression} is no FHIRPath: ${error instanceof Error ? error.message : String(error)}`)
  }
}
