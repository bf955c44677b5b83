import { json } from './answer.ts'
import type { Surface } from './pipeline.ts'

/** The EHR stand-in behind VKP. */
export const ehr: Surface = { journaled: true, refusal: ({ status }) => json(status, {}), routes: [] }
