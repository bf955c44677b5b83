import type { BoundToken } from '../../helseid-client.ts'
import type { Reply } from '../../runner/http.ts'
import { dispensing, note } from '../events.ts'
import { Inconclusive, type Questions, twice, Unplayed } from '../question.ts'
import type { CallOptions, Session } from '../session.ts'

const VENDOR = 'vkp-vendor'
const AT_JFT = 'What VKP hands on is seen at JFT only, by the municipality; a vendor’s clients do not see it.'
const PROXIED = 'It shows only where VKP is a proxy for the municipality, which no answer of VKP tells a vendor.'

/** VKP takes Bearer tokens (VKP samples); its client acts for no municipality. */
async function call(session: Session, path: string, ask: Partial<CallOptions>): Promise<Reply> {
  const token: BoundToken = await session.token(VENDOR, null)
  const headers = { authorization: `Bearer ${token.accessToken}`, ...ask.headers }
  const at = `/epj/r4/${session.target.municipality}/${path}`
  return session.call({ surface: 'vkp', method: 'POST', path: at, party: null, ...ask, headers })
}

function submit(session: Session, resource: Record<string, unknown>): Promise<Reply> {
  const headers = { 'content-type': 'application/json' }
  return call(session, String(resource.resourceType).toLowerCase(), { headers, body: JSON.stringify(resource) })
}

async function taken(session: Session, resource: Record<string, unknown>): Promise<Reply> {
  const reply = await submit(session, resource)
  if (reply.status >= 200 && reply.status < 300) return reply
  throw new Inconclusive(`A valid event was answered ${reply.status}.`)
}

/** Valid events that VKP's own profiles take too. */
const whole = () => note({ category: [{ text: 'Calibration' }] })
const wholeDispensing = () =>
  dispensing({ category: { text: 'Calibration' }, performer: [{ actor: { display: 'Calibration' } }] })

async function refusalBody(session: Session, authorization: string) {
  const { status, text, json } = await call(session, 'composition', { headers: { authorization }, body: '{}' })
  if (status === 400 || status < 400) throw new Unplayed(`A call without a token was answered ${status}.`)
  if (text === '') return 'empty'
  if ((json as { resourceType?: string } | undefined)?.resourceType === 'OperationOutcome') return 'operation-outcome'
  throw new Unplayed('The refusal has a body that is not an OperationOutcome.')
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function codeWithoutServices(session: Session, type: string) {
  const body = 'patient.identifier=02850097219'
  const { status, json } = await call(session, `${type}/_search`, { headers: FORM, body })
  const issues = (json as { issue?: { details?: { coding?: { code?: string }[] } }[] } | undefined)?.issue
  const code = issues?.[0]?.details?.coding?.find((one) => one.code !== undefined)?.code
  if (status === 400 && code !== undefined) return code
  throw new Unplayed(`A search without ServiceCodes was answered ${status}, without a code.`)
}

/** What a vendor’s client sees of VKP. */
const QUESTIONS: Questions = {
  vkpSuccessStatus: {
    sends: '2 valid events',
    probes: [async (s) => (await taken(s, whole())).status, async (s) => (await taken(s, wholeDispensing())).status],
  },
  staticPatients: {
    impossible: 'It is about the data behind a test API, at 314159265 above all, for which few vendors may call.',
  },
  vkpProxyAnswer: { impossible: PROXIED },
  vkpJftRefusal: { impossible: PROXIED },
  vkpJftDown: { impossible: 'JFT would have to be down.' },
  vkpRefusalBody: {
    sends: '2 submissions without a valid token',
    probes: twice('Bearer none', 'Basic bm9uZQ==', refusalBody),
  },
  vkpExchangedClient: { impossible: AT_JFT },
  vkpSourceSystem: { impossible: AT_JFT },
  vkpEventIdGenerated: {
    sends: '2 valid events without nhn-event-id',
    probes: twice(whole, wholeDispensing, async (s, make) => (await taken(s, make())).headers.has('nhn-event-id')),
  },
  vkpNotForwarded: { impossible: PROXIED },
  corrections: { impossible: PROXIED },
  vkpProfileCheck: {
    sends: '2 events without what VKP’s own profiles make mandatory',
    probes: twice(note, dispensing, async (s, make) => {
      await s.once('whole', async () => [await taken(s, whole()), await taken(s, wholeDispensing())])
      const { status } = await submit(s, make())
      if (status >= 200 && status < 300) return 'ignore'
      if (status === 400) return 'reject'
      throw new Unplayed(`The event was answered ${status}.`)
    }),
  },
  vkpServiceCodesMissing: {
    sends: '2 searches without the header ServiceCodes',
    probes: twice('patient', 'careplan', codeWithoutServices),
  },
  vkpMissingDates: {
    impossible: 'A search is answered by the municipality’s record system, whose refusal looks like VKP’s.',
  },
}

export const VKP_QUESTIONS: Questions = Object.fromEntries(
  Object.entries(QUESTIONS).map(([name, question]) => [
    name,
    'impossible' in question ? question : { ...question, needs: ['vkp'] },
  ]),
)
