import { lenient } from './centre.fixture.ts'
import type { Changes, Sample } from './judge.fixture.ts'
import { withTimesLikeNumbers } from './numbers.fixture.ts'
import { ALL_SCOPES } from './vendor.fixture.ts'

interface Right {
  readonly sample: Sample
  readonly changes?: Changes
  /** What it gives no occasion to judge. */
  readonly open?: readonly string[]
}

/** As Polly and many others have it by default. */
const EXPONENTIAL = [2_000, 4_000, 8_000, 16_000]

const ehr = (sample: Omit<Extract<Sample, { pack: 'ehr' }>, 'pack'>, more: Omit<Right, 'sample'> = {}): Right => ({
  sample: { pack: 'ehr', ...sample },
  ...more,
})
const centre = (
  sample: Omit<Extract<Sample, { pack: 'response-centre' }>, 'pack'>,
  more: Omit<Right, 'sample'> = {},
): Right => ({ sample: { pack: 'response-centre', ...sample }, ...more })
const vendor = (
  sample: Omit<Extract<Sample, { pack: 'vkp-vendor' }>, 'pack'>,
  more: Omit<Right, 'sample'> = {},
): Right => ({ sample: { pack: 'vkp-vendor', ...sample }, ...more })

const mirror = (
  sample: Omit<Extract<Sample, { pack: 'pit-vendor' }>, 'pack'>,
  more: Omit<Right, 'sample'> = {},
): Right => ({ sample: { pack: 'pit-vendor', ...sample }, ...more })
const handOver = (
  sample: Omit<Extract<Sample, { pack: 'pit-ehr' }>, 'pack'>,
  more: Omit<Right, 'sample'> = {},
): Right => ({ sample: { pack: 'pit-ehr', ...sample }, ...more })

/** Programs that keep every requirement. */
export const RIGHT: Readonly<Record<string, Right>> = {
  'a mirror of PIT': mirror({}),
  'a mirror of PIT that runs on': mirror({ does: { rounds: 'for-ever' } }),
  'a mirror of PIT that reads once and ends': mirror(
    { does: { rounds: 'once' } },
    { open: ['restarts-without-gap', 'polls-as-told'] },
  ),
  'a mirror of PIT whose requests take long': mirror({ client: { latency: 150 } }),
  'a mirror of PIT that waits 2, 4 and 8 s': mirror({ client: { waits: EXPONENTIAL } }),
  'a mirror of PIT that reads everything each time': mirror({ does: { first: () => ({}) } }),
  'a mirror of PIT that goes back a minute each time': mirror({
    does: {
      first: (stamp): Record<string, string> =>
        stamp === undefined
          ? {}
          : { _lastUpdated: `ge${new Date(Date.parse(stamp) - 60_000).toISOString().slice(0, 16)}Z` },
    },
  }),
  'a mirror of PIT that asks for what is after its stamp': mirror({
    does: {
      first: (stamp): Record<string, string> => (stamp === undefined ? {} : { _lastUpdated: `gt${stamp}` }),
    },
  }),
  'a mirror of PIT that adds a sort to next': mirror({ does: { next: (url) => `${url}&_sort=_lastUpdated` } }),
  'a record system that hands over to PIT': handOver({}),
  'a record system that hands over to PIT and runs on': handOver({ does: { rounds: 'for-ever' } }),
  'a record system that hands over to PIT slowly': handOver({ client: { latency: 200 } }),
  'a record system that hands over to PIT, waiting 2, 4 and 8 s': handOver({ client: { waits: EXPONENTIAL } }),
  'a record system that hands over to PIT with three workers': handOver({ does: { workers: 3 } }),
  'a record system that hands over to PIT from the last to the first': handOver({
    does: { choose: (all) => all.toReversed() },
  }),

  'an EHR': ehr({}),
  'an EHR that runs on': ehr({ does: { rounds: 'for-ever' } }),
  'an EHR that reads once and ends': ehr({ does: { rounds: 'once' } }, { open: ['polls-as-told'] }),
  'an EHR that searches by POST': ehr({ does: { road: 'post' } }),
  'an EHR that searches by POST and follows next by GET': ehr({ does: { road: 'post-then-get', rounds: 'for-ever' } }),
  'an EHR that is slow to acknowledge': ehr({ does: { ackDelay: 300 } }),
  'an EHR whose requests take long': ehr({ client: { latency: 150 } }),
  'a fast EHR': ehr({ client: { latency: 1 } }),
  'an EHR that starts three searches before it has a token': ehr({
    client: { token: 'unlocked' },
    does: { parallel: true },
  }),
  'an EHR that reads three types at once': ehr({ does: { parallel: true, rounds: 'for-ever' } }),
  'an EHR with four workers that acknowledge': ehr({ does: { ackWorkers: 4 } }),
  'an EHR that backs off 2, 4, 8 s': ehr({ client: { waits: EXPONENTIAL } }),
  'an EHR that backs off 2, 4, 8 s, by POST, at once': ehr({
    client: { waits: EXPONENTIAL },
    does: { road: 'post', parallel: true, rounds: 'for-ever' },
  }),
  'an EHR whose HTTP library sends a GET without an answer again, as that of the JDK': ehr({
    client: { library: { method: 'GET', sends: 1 } },
  }),
  'an EHR that reads three types at once, by such a library': ehr({
    client: { library: { method: 'GET', sends: 1 }, latency: 1 },
    does: { parallel: true, rounds: 'for-ever' },
  }),
  'an EHR that adds _sort to next': ehr({ does: { next: (url) => `${url}&_sort=_lastUpdated` } }),
  'an EHR at a fixed rate, after a slow round': ehr({ does: { fixedRate: true, ackDelay: 100, period: 1_000 } }),
  'an EHR that hangs up when a body must have come': ehr({ client: { onSlowBody: 'hang-up-late' } }),
  'a program that gives up where HelseID does not take it': { sample: { pack: 'client-expired' } },
  'a program that asks such a HelseID again each second': {
    sample: { pack: 'client-expired', client: { asksAgainEvery: 1_000 } },
  },
  'an EHR that asks for pages of 50': ehr({ does: { first: (all) => ({ ...all, _count: '5' }) } }),
  'a response centre whose times look like numbers of the real series': centre({
    does: { body: withTimesLikeNumbers },
  }),
  'a response centre': centre({}),
  'a response centre with five events': centre({ does: { count: 5 } }),
  'a response centre that backs off 2, 4, 8 s': centre({ client: { waits: EXPONENTIAL } }),
  'a response centre with three workers and one token': centre({ does: { workers: 3, count: 12 } }),
  'a response centre with six workers': centre({ does: { workers: 6, count: 18 } }),
  'a response centre that looks by POST': centre({ does: { lookBy: 'post' } }),
  'a response centre that is slow': centre({ client: { latency: 400 }, does: { wait: 20_000 } }),
  'a response centre that makes the text again at each attempt': centre({ does: { afresh: true } }),
  'a response centre that mends what was refused': centre({ does: { mends: true } }),
  'a response centre of alarms only': centre({ does: { kinds: ['alarm'] } }),
  'a response centre that sends now and then': centre({ does: { pause: 5_000, count: 6 } }),
  'a vendor of VKP': vendor({}),
  'a vendor of VKP with one token for all scopes': vendor({ does: { scopeOf: () => ALL_SCOPES } }),
  'a vendor of VKP whose payloads are lenient': vendor({ does: { body: lenient } }),
  'a vendor of VKP that only submits': vendor(
    { does: { searches: [], count: 8 } },
    { open: ['service-codes-sent', 'information-request-accepted', 'survives-outage-of-ehr'] },
  ),
  'a vendor of VKP with three workers': vendor({ does: { workers: 3, count: 9 } }),
  'a vendor of VKP that backs off 2, 4, 8 s': vendor({ client: { waits: EXPONENTIAL } }),
  'a vendor of VKP that mends what was refused': vendor({ does: { onRefusal: 'mend' } }),
}
