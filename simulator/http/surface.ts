import type { Answer } from './answer.ts'
import type { Context } from './context.ts'
import type { Rejection } from './rejection.ts'
import { createFindRoute, type FindRoute, type Route } from './route.ts'

/** What a surface says of itself: its routes, and how it words a refusal. */
export interface SurfaceDefinition {
  readonly routes: readonly Route[]
  /** Whether the names in a path may be in any letter case; parameters stay as they were sent. */
  readonly anyPathCase?: boolean
  /** Whether the setting `pathForms` counts here: a path may be in another letter case, or end in a slash. */
  readonly pathForms?: true
  /** Whether its exchanges go to the journal. The control API's do not: the dashboard would drown the rest. */
  readonly journaled: boolean
  readonly refusal: (rejection: Rejection, ctx: Context) => Answer
}

/** One HTTP API. */
export interface Surface extends SurfaceDefinition {
  readonly findRoute: FindRoute
}

/** Makes a surface of what it says of itself. */
export function defineSurface(definition: SurfaceDefinition): Surface {
  return { ...definition, findRoute: createFindRoute(definition.routes, definition.anyPathCase ?? false) }
}
