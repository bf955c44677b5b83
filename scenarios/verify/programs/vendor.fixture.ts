import { anyEvent, type Event, type Kind, seedFixtures } from '../../../fixtures/index.ts'
import type { Surroundings } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'
import type { Call, Got } from './client.fixture.ts'

/** How a vendor of VKP behaves; what is left out it does right. */
export interface VendorTraits {
  readonly count?: number
  readonly workers?: number
  readonly searches?: readonly string[]
  readonly body?: (event: Event) => string
  readonly serviceCodes?: string | null
  readonly person?: string
  readonly scopeOf?: (type: string, access: 'read' | 'write') => string
  readonly organization?: string
  readonly dates?: 'none'
  readonly onTimeOut?: 'give-up' | 'at-once'
  readonly onRefusal?: 'again' | 'mend'
  readonly path?: (type: string) => string
}

const KINDS: readonly Kind[] = ['note', 'alarm', 'dispensing']
const PERSON = '02850097219'
const SEARCHES = ['patient', 'careplan', 'condition', 'allergyintolerance']

/** A vendor of VKP as a program: asks for patient information, and submits events. */
export async function runVendor(
  { urls, municipality }: Surroundings,
  time: StageTime,
  call: Call,
  traits: VendorTraits,
): Promise<void> {
  const { count = 6, searches = SEARCHES, serviceCodes = 'ta,gps', person = PERSON, workers = 1 } = traits
  const base = `${urls.vkp}/epj/r4/${traits.organization ?? municipality}`
  const scopeOf = traits.scopeOf ?? ((type, access) => `nhn:vkp/api/user/${type}.${access}`)

  /** What VKP says with code 3.1 is done again later; what it says with another one, never. */
  const patiently = async (work: (changed: boolean) => Promise<Got>): Promise<void> => {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const got = await work(false)
      if (got.status !== 400) return
      if (!got.text.includes('"code":"3.1"')) {
        if (traits.onRefusal !== undefined) await work(traits.onRefusal === 'mend')
        return
      }
      if (traits.onTimeOut === 'give-up') return
      if (traits.onTimeOut !== 'at-once') await time.sleep(500 * 2 ** attempt)
    }
  }
  const search = (type: string) =>
    patiently((changed) => {
      const name = type === 'patient' || type === 'allergyintolerance' ? 'identifier' : 'patient.identifier'
      const form = new URLSearchParams({ [name]: person, ...(changed ? { _count: '5' } : {}) })
      if (type === 'careplan' && traits.dates !== 'none') {
        form.append('date', 'ge2026-03-01T00:00:00Z')
        form.append('date', 'le2026-03-31T23:59:59Z')
      }
      return call({
        method: 'POST',
        url: `${base}/${type}/_search`,
        body: String(form),
        type: 'application/x-www-form-urlencoded',
        scope: scopeOf(type, 'read'),
        ...(serviceCodes === null ? {} : { headers: { servicecodes: serviceCodes } }),
      })
    })
  const submit = (event: Event) =>
    patiently((changed) => {
      const type = event.resourceType.toLowerCase()
      const sent = changed ? { ...event, language: 'nb' } : event
      const body = traits.body?.(sent) ?? JSON.stringify(sent)
      const url = `${base}/${traits.path?.(type) ?? type}`
      return call({ method: 'POST', url, body, type: 'application/json', scope: scopeOf(type, 'write') })
    })

  seedFixtures(11)
  const jobs = [
    ...searches.map((type) => () => search(type)),
    ...Array.from({ length: count }, (_, at) => anyEvent(KINDS[at % KINDS.length] ?? 'note')).map(
      (event) => () => submit(event),
    ),
  ]
  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job()
  }
  await Promise.all(Array.from({ length: workers }, work))
}

/** What such a vendor needs, in one token. */
export const ALL_SCOPES = [
  'bundle.write',
  'careplan.read',
  'composition.write',
  'condition.read',
  'medicationdispense.write',
  'patient.read',
  'allergyintolerance.read',
]
  .map((scope) => `nhn:vkp/api/user/${scope}`)
  .join(' ')
