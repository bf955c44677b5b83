/** The resource types that JFT keeps events of (JFT WriteAPI overview). */
export const EVENT_TYPES = ['Bundle', 'Composition', 'MedicationDispense'] as const

export type EventType = (typeof EVENT_TYPES)[number]
