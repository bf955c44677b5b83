import type { ExchangeDetail } from '../../simulator/surfaces/control/types.ts'
import type { RecordedExchange } from './result.ts'

/** An exchange as a simulator's journal has it: secrets cut out, identity numbers masked, long bodies cut. */
type Journaled = Pick<ExchangeDetail, 'id' | 'request' | 'response' | 'milliseconds' | 'injected'>

/** An exchange of somebody else as reports show it. */
export function recordedOf({ id, request, response, milliseconds, injected = [] }: Journaled): RecordedExchange {
  return {
    purpose: 'step',
    request: { method: request.method, url: request.url, headers: request.headers, ...bodyOf(request.body) },
    ...(response.status === 0
      ? { broken: injected.map(({ effect }) => effect).join('; ') }
      : { response: { status: response.status, headers: response.headers, ...bodyOf(response.body) } }),
    milliseconds,
    exchange: id,
  }
}

function bodyOf(body: { readonly text: string } | undefined): { body?: string } {
  return body === undefined ? {} : { body: body.text }
}
