/*
 * What the Firely .NET SDK says of one payload, as `dotnet/Answer.cs` writes it.
 */

/** Which major version of the SDK is asked: 6 is pinned, of 5 the first that NuGet serves from the pinned one on. */
export type FirelyMajor = 5 | 6

/** The versions that answer, as they name themselves. */
export interface Versions {
  readonly firely: string
  readonly dotnet: string
}

/** Something else than a list of issues that the library threw. */
export interface Thrown {
  /** The .NET type, without its namespace. */
  readonly type: string
  readonly message: string
}

/** One issue of the strict reader. */
export interface LibraryIssue {
  readonly code: string
  /** The library's InstancePath. */
  readonly path: string | null
  readonly line?: number
  /** In bytes from 1, as the library counts. */
  readonly position?: number
  /** Fatal, Error, Warning or Information. */
  readonly severity: string
  /** Without its place. */
  readonly message: string
}

/** The strict reader (System.Text.Json, default mode): no issues and nothing thrown means accepted. */
export interface StrictOpinion {
  readonly issues: readonly LibraryIssue[]
  /** The OperationOutcome that the library makes of the issues; absent where there are none. */
  readonly outcome?: unknown
  readonly thrown?: Thrown
  readonly microseconds: number
}

/** The permissive reader from before System.Text.Json, and its writer. */
export interface LenientOpinion {
  /** What the writer makes of what was read; absent where reading or writing threw. */
  readonly forwarded?: string
  readonly thrown?: Thrown
  /** Beside `thrown`: whether the text was read, and it was the writer that threw. */
  readonly read?: boolean
  readonly microseconds: number
}

/** One answer. */
export interface Opinion {
  readonly strict: StrictOpinion
  readonly lenient: LenientOpinion
}

/** Whether the strict reader accepts. */
export const acceptsStrictly = ({ strict }: Opinion): boolean =>
  strict.issues.length === 0 && strict.thrown === undefined

/** Whether the lenient reader accepts. */
export const acceptsLeniently = ({ lenient }: Opinion): boolean => lenient.thrown === undefined || lenient.read === true
