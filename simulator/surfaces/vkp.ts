import { json } from './answer.ts'
import type { Surface } from './pipeline.ts'

/** VKP, real host `api.test.vkpnorge.no`. */
export const vkp: Surface = { journaled: true, refusal: ({ status }) => json(status, {}), routes: [] }
