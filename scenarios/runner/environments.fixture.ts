import { type Jft, startJft } from '../../simulator/adapters/testing/start-jft.ts'
import { MUNICIPALITY, type Send, type Target } from './target.ts'

/** Ready-made clients by party. */
const CLIENTS = {
  'response-centre': 'Bruno-Local',
  ehr: 'EHR-Local',
  municipality: 'Municipality-Local',
  'pit-vendor': 'Bruno-PIT',
  'pit-ehr': 'EHR-PIT',
  'vkp-vendor': 'Bruno-VKP',
}

/** A simulator as another environment is: without its control API. */
export interface Environment {
  readonly jft: Jft
  /** The environment, with what stands between it and the runner. */
  target(change?: (send: Send) => Send): Target
  /** Base URLs of surfaces, such as `jft-write`. */
  readonly urls: Readonly<Record<string, string>>
}

export async function openEnvironment(): Promise<Environment> {
  const jft = await startJft()
  const files = Object.entries(CLIENTS).map(async ([party, name]) => [party, await jft.client(name)] as const)
  const clients = Object.fromEntries(await Promise.all(files))
  const { control: _control, ttt: _ttt, ehr: _ehr, ...urls } = jft.urls
  return {
    jft,
    urls,
    target: (change = (send) => send) => ({
      name: 'another environment',
      municipality: MUNICIPALITY,
      urls,
      clients,
      send: change((request) => fetch(request)),
      cannot: ['host'],
    }),
  }
}

/** Changes the status of answers that `where` chooses. */
export function withStatus(where: (request: Request, answer: Response) => number | undefined): (send: Send) => Send {
  return (send) => async (request, host) => {
    const answer = await send(request, host)
    const status = where(request, answer)
    return status === undefined ? answer : new Response(await answer.text(), { status, headers: answer.headers })
  }
}
