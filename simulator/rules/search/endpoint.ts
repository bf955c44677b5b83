/**
 * How a search parameter is read. Repeating `last-updated` narrows the range; `tag` and `tag:not` ask for records that have
 * a tag and for those that have not; the others may be sent once.
 */
export type ParameterForm = 'count' | 'sort' | 'last-updated' | 'tag' | 'tag:not' | 'cursor'

/** One search parameter of an endpoint. */
export interface SearchParameter {
  readonly form: ParameterForm
  /** What records are searched by, for a tag. */
  readonly facet?: string
  /** For the description of the API. */
  readonly description: string
  readonly example?: string
}

/** The search parameters of an endpoint, by name. */
export interface SearchEndpoint {
  /** Whose API it is, as messages name it. */
  readonly service: string
  readonly parameters: Readonly<Record<string, SearchParameter>>
}

/** A parameter as it was sent. */
export type Sent = readonly [name: string, value: string]

/** The parameter of that name, if the endpoint has it. */
export function parameterOf({ parameters }: SearchEndpoint, name: string): SearchParameter | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined
}
