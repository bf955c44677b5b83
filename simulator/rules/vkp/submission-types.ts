import { EVENT_TYPES } from '../jft/event-types.ts'

/** The resource types that VKP takes (VKP.Samples, HelseId.json: the scopes to write). In a path they are lower case. */
export const SUBMISSION_TYPES = [...EVENT_TYPES, 'Encounter', 'Communication'] as const

export type SubmissionType = (typeof SUBMISSION_TYPES)[number]
