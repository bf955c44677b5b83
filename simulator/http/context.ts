import type { Origins } from '../ground/origins.ts'
import type { StepName, SurfaceName } from '../ground/surfaces.ts'
import type { AnswerKind, HandlerKind } from '../rules/faults/fault-places.ts'
import type { EffectOf } from '../rules/faults/faults.ts'
import type { Issue } from '../rules/issue.ts'
import type { ExchangeCaller } from '../state/exchange.ts'
import type { World } from '../state/world.ts'
import type { Rejection } from './rejection.ts'

/** One request on its way through a handler. */
export interface Context {
  readonly world: World
  /**
   * When the request came: milliseconds since the epoch, by the sandbox's clock. All that is asked of the request is asked
   * as of then. What is made on its way, such as a stamp or a token, has the time at which it is made.
   */
  readonly now: number
  /** Microseconds up to which records are there to be seen: `now`, and ahead of it where the clock was set back. */
  readonly asOf: number
  readonly surface: SurfaceName
  readonly request: Request
  /** The URL of the request, parsed. */
  readonly url: URL
  /** Base URLs to answer with: those that the client called. */
  readonly origins: Origins
  /** Path below the surface's base URL, as sent. */
  readonly path: string
  readonly query: URLSearchParams
  /** Values of the path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>
  /**
   * Runs one named step: times it and writes it to the exchange. What `work` throws stops the request; a `Rejection`
   * becomes the answer. Faults fire as the step begins.
   */
  step<T>(name: StepName, work: () => T | Promise<T>): Promise<T>
  /** Says which steps follow, where the request itself decides. */
  plan(...names: readonly StepName[]): void
  /**
   * Under `--auth relaxed`, lets pass what the real service would refuse, and says so in the answer and the journal.
   * Otherwise throws the rejection.
   */
  refuseUnlessRelaxed(rejection: Rejection): void
  /** Throws the rejection, or returns where all the rules that it has issues of are switched off. */
  refuse(rejection: Rejection): void
  /** What the rules that are switched on have found; notes which of the others would have found something. */
  activeIssues(issues: readonly Issue[]): readonly Issue[]
  /** Notes what is worth a look but stops nothing. */
  warn(issues: readonly Issue[]): void
  /**
   * The effect of that kind, when a fault injects it into the step that runs; it then counts as fired. For what only the
   * handler itself can play, such as an event that is stored twice.
   */
  injected<K extends HandlerKind | AnswerKind>(kind: K): Promise<EffectOf<K> | undefined>
  /** Says who calls, for the journal. */
  identify(caller: ExchangeCaller): void
  /** Says which event the exchange is about, as `Type/id`. */
  touch(event: string): void
  /** Says which events the answer to a search has, each as `Type/id`, in its order. */
  handOut(events: readonly string[]): void
  /** Calls another surface; the journal keeps the call as a leg of this exchange. */
  readonly fetch: (request: Request) => Promise<Response>
  /** The body in UTF-8, read once. Throws a 413 past `limit` bytes without reading the rest, a 400 when it is not UTF-8. */
  readBody(limit: number): Promise<string>
}
