/** The resource types that JFT keeps events of (JFT WriteAPI overview). */
export const EVENT_TYPES = ['Bundle', 'Composition', 'MedicationDispense'] as const

export type EventType = (typeof EVENT_TYPES)[number]

/** The resource types that VKP takes (VKP.Samples, HelseId.json: the scopes to write). In a path they are lower case. */
export const SUBMISSION_TYPES = [...EVENT_TYPES, 'Encounter', 'Communication'] as const

export type SubmissionType = (typeof SUBMISSION_TYPES)[number]
