import { curlCommand } from '../../../simulator/ground/text/curl.ts'
import { filled, type SchemaMembers } from '../parts/schema-values.ts'

/** A fault as a form has it; what is empty is left out. */
export interface FaultDraft {
  readonly effect: SchemaMembers
  readonly surface: string
  readonly step: string
  readonly match: Readonly<Record<MatchField, string>>
  readonly times: string
  /** It fires until it expires, however often. */
  readonly endless: boolean
  readonly probability: string
  readonly seed: string
  readonly expiresAfter: string
  readonly note: string
}

/** By what requests are told apart. */
export const MATCH_FIELDS = ['method', 'type', 'clientId', 'municipality', 'path', 'nth'] as const

export type MatchField = (typeof MATCH_FIELDS)[number]

/** A fault of that effect, for all requests. */
export function draftOf(effect: SchemaMembers): FaultDraft {
  const match = { method: '', type: '', clientId: '', municipality: '', path: '', nth: '' }
  const rest = { times: '', endless: false, probability: '', seed: '', expiresAfter: 'PT10M', note: '' }
  return { effect, surface: '', step: '', match, ...rest }
}

/** The body of `POST /_sim/faults`. */
export function orderOf({ match, times, endless, probability, effect, surface, step, ...rest }: FaultDraft): unknown {
  const { nth, ...texts } = match
  const matched = filled({ ...texts, nth: numberOf(nth) }) as SchemaMembers
  return filled({
    surface,
    step,
    match: Object.keys(matched).length === 0 ? undefined : matched,
    effect,
    times: endless ? null : numberOf(times),
    probability: numberOf(probability),
    ...rest,
  })
}

function numberOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text)
}

/** The same order from a shell. `control`: base URL of the control API. */
export function curlOf(order: unknown, control: string): string {
  const headers = [['Content-Type', 'application/json']] as const
  return curlCommand({ method: 'POST', url: `${control}/faults`, headers, body: JSON.stringify(order) })
}
