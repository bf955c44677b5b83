import type { Event } from '../../../fixtures/index.ts'
import { lenient } from './centre.fixture.ts'
import type { Traits } from './client.fixture.ts'
import type { Changes, Sample } from './judge.fixture.ts'
import { realNumber, withNumber, wrongNumber } from './numbers.fixture.ts'
import { ALL_SCOPES } from './vendor.fixture.ts'

/** A program that is wrong in one way, and exactly what that breaks. */
export interface Bug {
  readonly sample: Sample
  readonly breaks: readonly string[]
  /** What it is to blame for beside requirements. */
  readonly blame?: RegExp
  readonly changes?: Changes
}

type Of<P extends Sample['pack']> = Omit<Extract<Sample, { pack: P }>, 'pack'>

const ehr = (sample: Of<'ehr'>, breaks: readonly string[], more: Pick<Bug, 'blame' | 'changes'> = {}): Bug => ({
  sample: { pack: 'ehr', ...sample },
  breaks,
  ...more,
})
const centre = (sample: Of<'response-centre'>, breaks: readonly string[], more: Pick<Bug, 'blame'> = {}): Bug => ({
  sample: { pack: 'response-centre', ...sample },
  breaks,
  ...more,
})
const vendor = (sample: Of<'vkp-vendor'>, breaks: readonly string[], more: Pick<Bug, 'blame'> = {}): Bug => ({
  sample: { pack: 'vkp-vendor', ...sample },
  breaks,
  ...more,
})

const mirror = (sample: Of<'pit-vendor'>, breaks: readonly string[], more: Pick<Bug, 'blame'> = {}): Bug => ({
  sample: { pack: 'pit-vendor', ...sample },
  breaks,
  ...more,
})
const handOver = (sample: Of<'pit-ehr'>, breaks: readonly string[], more: Pick<Bug, 'blame'> = {}): Bug => ({
  sample: { pack: 'pit-ehr', ...sample },
  breaks,
  ...more,
})

/** What is wrong with a client of HelseID and of any API, and what it breaks whoever the client is. */
const CLIENT: Readonly<Record<string, readonly [Traits, readonly string[]]>> = {
  'one proof for every request to a URL': [{ proofs: 'reused' }, ['fresh-proofs', 'refused-nothing']],
  'a query in htu': [
    { proof: (claims, url) => ({ ...claims, htu: `${url.split('?')[0]}?a=b` }) },
    ['right-htu', 'refused-nothing'],
  ],
  'a proof without ath': [{ proof: ({ ath: _ath, ...claims }) => claims }, ['right-ath', 'refused-nothing']],
  'a proof of another method': [{ proof: (claims) => ({ ...claims, htm: 'PUT' }) }, ['right-htu', 'refused-nothing']],
  'a proof with a wrong type': [
    { proofHeader: (header) => ({ ...header, typ: 'JWT' }) },
    ['sound-proofs', 'refused-nothing'],
  ],
  'a proof of an hour ago': [
    { proof: (claims) => ({ ...claims, iat: Number(claims.iat) - 3_600 }) },
    ['sound-proofs', 'refused-nothing'],
  ],
  'a proof without jti': [{ proof: ({ jti: _jti, ...claims }) => claims }, ['sound-proofs', 'refused-nothing']],
  'a token for each request': [{ token: 'each' }, ['reuses-token']],
}

const both = (): [string, Bug][] =>
  Object.entries(CLIENT).flatMap(([name, [client, breaks]]): [string, Bug][] => [
    [`an EHR with ${name}`, ehr({ client }, breaks)],
    [`a response centre with ${name}`, centre({ client }, breaks)],
    [`a mirror of PIT with ${name}`, mirror({ client }, breaks)],
    [`a record system that hands over to PIT with ${name}`, handOver({ client }, breaks)],
  ])

/** Programs with a bug each. */
export const BUGS: Readonly<Record<string, Bug>> = {
  ...Object.fromEntries(both()),

  'a mirror of PIT that reads the first page only': mirror({ does: { pages: 'first-only', first: () => ({}) } }, [
    'reads-to-the-end',
    'mirrors-everyone',
    'mirrors-newest-version',
  ]),
  'a mirror of PIT that continues from now': mirror(
    { does: { rounds: 'for-ever', first: (_, now) => ({ _lastUpdated: `ge${new Date(now + 1).toISOString()}` }) } },
    ['mirrors-everyone', 'restarts-without-gap'],
  ),
  'a mirror of PIT that continues from an hour ahead': mirror(
    {
      does: {
        first: (stamp, now): Record<string, string> =>
          stamp === undefined ? {} : { _lastUpdated: `ge${new Date(now + 3_600_000).toISOString()}` },
      },
    },
    ['restarts-without-gap'],
  ),
  'a mirror of PIT that edits the cursor': mirror({ does: { next: (url) => `${url}x` } }, [
    'follows-next-as-given',
    'refused-nothing',
  ]),
  'a mirror of PIT that adds a page size to next': mirror({ does: { next: (url) => `${url}&_count=5` } }, [
    'follows-next-as-given',
  ]),
  'a mirror of PIT that stops at a short page': mirror({ does: { goesOn: (entries) => entries === 5 } }, [
    'reads-to-the-end',
  ]),
  'a mirror of PIT that sends no prefix': mirror(
    {
      does: {
        first: (stamp): Record<string, string> => (stamp === undefined ? {} : { _lastUpdated: stamp }),
      },
    },
    ['refused-nothing'],
  ),
  'a mirror of PIT that polls too fast': mirror({ does: { period: 100, rounds: 'for-ever' } }, ['polls-as-told']),
  'a mirror of PIT that gives up at 401': mirror({ client: { on401: 'give-up' } }, ['renews-token']),
  'a mirror of PIT that repeats a 429 at once': mirror({ client: { on429: 'at-once' } }, ['waits-as-told']),
  'a mirror of PIT that hangs up on a slow body': mirror({ client: { onSlowBody: 'hang-up', latency: 1 } }, [
    'survives-slow-body',
  ]),
  'a mirror of PIT that takes no date for a wait': mirror({ client: { on429: 'seconds-only' } }, ['waits-as-told']),
  'a mirror of PIT that repeats a 503 at once': mirror({ client: { on5xx: 'at-once' } }, ['survives-outage']),
  'a mirror of PIT that gives up at 503': mirror({ client: { on5xx: 'give-up' } }, ['survives-outage']),
  'a mirror of PIT that gives up when the connection breaks': mirror({ client: { onReset: 'give-up' } }, [
    'survives-reset',
  ]),
  'a mirror of PIT that gives up at a cut page': mirror({ client: { onCut: 'give-up' } }, ['survives-cut']),
  'a mirror of PIT that takes no nonce of an API': mirror({ client: { nonce: 'ignored' } }, ['handles-nonce']),
  'a mirror of PIT that hammers HelseID when it is down': mirror({ client: { onTokenOutage: 'at-once' } }, [
    'survives-token-endpoint-outage',
  ]),
  'a record system that forgets a person': handOver({ does: { choose: (all) => all.slice(0, -2) } }, [
    'hands-over-everyone',
  ]),
  'a record system that hands over once': handOver({ does: { rounds: 'once' } }, ['hands-over-each-change']),
  'a record system that hands each person over twice': handOver({ does: { repeats: 'twice' } }, ['hands-over-once']),
  'a record system whose older version comes after': handOver({ does: { stale: true } }, ['newest-version-last']),
  'a record system that repeats what PIT refused': handOver({ does: { onRefusal: 'again' } }, ['refused-not-repeated']),
  'a record system whose patients are lenient': handOver(
    { does: { body: ({ id: _id, ...patient }) => JSON.stringify({ ...patient, active: 'yes' }) } },
    ['sends-strict-payloads', 'refused-nothing'],
    { blame: /Nothing was done/ },
  ),
  'a record system that repeats a 503 of PIT at once': handOver({ client: { on5xx: 'at-once' } }, ['backs-off']),
  'a record system that gives up at a 503 of PIT': handOver({ client: { on5xx: 'give-up' } }, ['backs-off']),
  'a record system that repeats a 429 of PIT at once': handOver({ client: { on429: 'at-once' } }, ['waits-as-told']),
  'a record system that takes no date of PIT for a wait': handOver({ client: { on429: 'seconds-only' } }, [
    'waits-as-told',
  ]),
  'a record system that loses what met a broken connection to PIT': handOver({ client: { onReset: 'skip' } }, [
    'hands-over-everyone',
    'survives-reset',
    'survives-lost-answer',
  ]),
  'a record system that gives up at a 401 of PIT': handOver({ client: { on401: 'give-up' } }, ['renews-token']),

  'an EHR that throws the last page away': ehr({ does: { pages: 'without-last' } }, ['acknowledges-each']),
  'an EHR that reads the first page only': ehr({ does: { pages: 'first-only' } }, ['reads-to-the-end']),
  'an EHR that stops at a short page': ehr({ does: { goesOn: (entries) => entries === 4 } }, ['reads-to-the-end']),
  'an EHR that stops at an empty page, by POST': ehr({ does: { road: 'post', goesOn: (entries) => entries > 0 } }, [
    'reads-to-the-end',
  ]),
  'an EHR that stops at an empty page, once': ehr({ does: { rounds: 'once', goesOn: (entries) => entries > 0 } }, [
    'reads-every-event',
    'reads-to-the-end',
  ]),
  'an EHR that forgets a type': ehr({ does: { types: ['Bundle', 'Composition'] } }, ['reads-every-event']),
  'an EHR that reads what came since its start': ehr(
    { does: { first: (_, now) => ({ _lastUpdated: `ge${new Date(now).toISOString()}` }) } },
    ['reads-every-event'],
  ),
  'an EHR that searches without a filter': ehr({ does: { first: () => ({}) } }, ['reads-none-twice']),
  'an EHR that edits the cursor': ehr({ does: { next: (url) => `${url}x` } }, [
    'follows-next-as-given',
    'refused-nothing',
  ]),
  'an EHR that adds its filter to next': ehr({ does: { next: (url) => `${url}&_tag:not=a|b` } }, [
    'follows-next-as-given',
    'refused-nothing',
  ]),
  'an EHR that adds a page size to next': ehr({ does: { next: (url) => `${url}&_count=4` } }, [
    'follows-next-as-given',
  ]),
  'an EHR that acknowledges twice': ehr({ does: { ack: 'twice' } }, ['acknowledges-once']),
  'an EHR that acknowledges nothing': ehr({ does: { ack: 'never' } }, ['acknowledges-each']),
  'an EHR that leaves an event of each search': ehr({ does: { ack: 'not-the-first' } }, ['acknowledges-each']),
  'an EHR that acknowledges what it has not read': ehr({ does: { ack: 'before-reading' } }, [
    'acknowledges-after-reading',
  ]),
  'an EHR that polls too fast': ehr({ does: { period: 100 } }, ['polls-as-told']),
  'an EHR that polls too fast, by POST': ehr({ does: { period: 100, road: 'post' } }, ['polls-as-told']),
  'an EHR that gives up at 401': ehr({ client: { on401: 'give-up' } }, ['renews-token']),
  'an EHR that repeats with the refused token': ehr({ client: { on401: 'same-token' } }, ['renews-token']),
  'an EHR that repeats a 429 at once': ehr({ client: { on429: 'at-once' } }, ['waits-as-told']),
  'an EHR that waits half of what it was told': ehr({ client: { on429: 'half' } }, ['waits-as-told']),
  'an EHR that hangs up on a slow body': ehr({ client: { onSlowBody: 'hang-up', latency: 1 } }, ['survives-slow-body']),
  'an EHR that takes no date for a wait': ehr({ client: { on429: 'seconds-only' } }, ['waits-as-told']),
  'an EHR that repeats a 503 at once': ehr({ client: { on5xx: 'at-once' } }, [
    'survives-outage',
    'acknowledges-despite-outage',
  ]),
  'an EHR that gives up at 503': ehr({ client: { on5xx: 'give-up' } }, ['survives-outage']),
  'an EHR that has one proof for all requests to a URL, and repeats at once': ehr(
    { client: { proofs: 'reused', onReset: 'at-once' } },
    ['fresh-proofs', 'refused-nothing'],
  ),
  'an EHR that gives up when the connection breaks': ehr({ client: { onReset: 'give-up' } }, ['survives-reset']),
  'an EHR that takes a cut page for an empty one': ehr({ client: { onCut: 'as-it-is' } }, ['survives-cut']),
  'an EHR that takes a cut page for an empty one, by POST': ehr(
    { client: { onCut: 'as-it-is' }, does: { road: 'post' } },
    ['survives-cut'],
  ),
  'an EHR that gives up when HelseID is down': ehr({ client: { onTokenOutage: 'give-up' } }, [
    'survives-token-endpoint-outage',
  ]),
  'an EHR that hammers HelseID when it is down': ehr({ client: { onTokenOutage: 'at-once' } }, [
    'survives-token-endpoint-outage',
  ]),
  'an EHR that takes no nonce of an API': ehr({ client: { nonce: 'ignored' } }, ['handles-nonce']),
  'an EHR that takes no nonce of HelseID': ehr(
    { client: { nonce: 'ignored-at-helseid' } },
    ['handles-token-endpoint-nonce'],
    { blame: /no token/ },
  ),
  'an EHR whose assertion is of an hour ago': ehr(
    { client: { assertion: (claims) => ({ ...claims, nbf: 0, iat: 0, exp: 1 }) } },
    ['refused-nothing'],
    { blame: /HelseID refused it \(assertion-/ },
  ),
  'an EHR with a number of the real series in a search': ehr(
    { does: { first: (all) => ({ ...all, patient: realNumber() }) } },
    ['refused-nothing', 'sends-no-real-number'],
  ),
  'an EHR that ends with exit code 7': ehr({}, [], { changes: { exit: { code: 7 } }, blame: /exit code 7/ }),
  'an EHR that is killed': ehr({}, [], { changes: { exit: { code: null, signal: 'SIGKILL' } }, blame: /SIGKILL/ }),

  'a program that asks five times in a second a HelseID that does not take it': {
    sample: { pack: 'client-expired', client: { asksAgainEvery: 200 } },
    breaks: ['rests-when-client-expired'],
  },
  'a response centre whose payloads are lenient': centre({ does: { body: lenient } }, [
    'sends-strict-payloads',
    'refused-nothing',
  ]),
  'a response centre that is refused and tries again': centre({ does: { body: lenient, repeatsRefused: 2 } }, [
    'sends-strict-payloads',
    'refused-nothing',
    'refused-not-repeated',
  ]),
  'a response centre that does not name its system': centre({ does: { sourceSystem: null } }, ['names-source-system']),
  'a response centre that sends each event twice': centre({ does: { repeatsAccepted: true } }, [
    'accepted-not-repeated',
  ]),
  'a response centre that sends its first event again at the end': centre({ does: { repeatsAccepted: 'later' } }, [
    'accepted-not-repeated',
  ]),
  'a response centre that repeats a refused event': centre({ does: { repeatsRefused: 1 } }, ['refused-not-repeated']),
  'a response centre that repeats a 503 at once': centre({ client: { on5xx: 'at-once' } }, ['backs-off']),
  'a response centre whose waits become shorter': centre({ client: { on5xx: 'shorter' } }, ['backs-off']),
  'a response centre that gives up at 503': centre({ client: { on5xx: 'give-up' } }, ['backs-off']),
  'a response centre that loses what met a broken connection': centre({ client: { onReset: 'skip' } }, [
    'survives-reset',
  ]),
  'a response centre that repeats at once when the connection breaks': centre({ client: { onReset: 'at-once' } }, [
    'survives-reset',
  ]),
  'a response centre that sends again without looking': centre({ does: { looks: false } }, ['notices-lost-answer']),
  'a response centre that asks for no status': centre({ does: { status: 'never' } }, ['follows-status']),
  'a response centre that forgets the status of its first event': centre({ does: { status: 'not-of-the-first' } }, [
    'follows-status',
  ]),
  'a response centre that gives up at 401': centre({ client: { on401: 'give-up' } }, ['renews-token']),
  'a response centre that repeats with the refused token': centre({ client: { on401: 'same-token' } }, [
    'renews-token',
  ]),
  'a response centre whose HTTP library sends a POST again on its own, as HttpURLConnection': centre(
    { client: { library: { method: 'POST', sends: 1 } } },
    ['fresh-proofs', 'notices-lost-answer', 'refused-nothing', 'survives-reset'],
  ),
  'a response centre that repeats a 429 at once': centre({ client: { on429: 'at-once' } }, ['waits-as-told']),
  'a response centre that takes no date for a wait': centre({ client: { on429: 'seconds-only' } }, ['waits-as-told']),
  'a response centre that gives up at 429': centre({ client: { on429: 'give-up' } }, ['waits-as-told']),
  'a response centre that gives up when HelseID is down': centre({ client: { onTokenOutage: 'give-up' } }, [
    'survives-token-endpoint-outage',
  ]),
  'a response centre that takes no nonce of an API': centre({ client: { nonce: 'ignored' } }, ['handles-nonce']),
  'a response centre with a valid number of the real series': centre(
    { does: { body: (event: Event) => withNumber(event, realNumber()) } },
    ['refused-nothing', 'sends-no-real-number'],
  ),
  'a response centre with a number that nobody has': centre(
    { does: { body: (event: Event) => withNumber(event, wrongNumber()) } },
    ['refused-nothing', 'sends-no-real-number'],
  ),

  'a vendor of VKP without service codes': vendor({ does: { serviceCodes: null } }, [
    'service-codes-sent',
    'refused-nothing',
  ]),
  'a vendor of VKP with a service code of its own': vendor({ does: { serviceCodes: 'xyz' } }, [
    'service-codes-sent',
    'refused-nothing',
  ]),
  'a vendor of VKP with one scope for all': vendor({ does: { scopeOf: () => 'nhn:vkp/api/user/composition.write' } }, [
    'scope-of-each-call',
    'refused-nothing',
  ]),
  'a vendor of VKP that writes with a read scope': vendor(
    { does: { scopeOf: (type) => `nhn:vkp/api/user/${type === 'composition' ? type : 'condition'}.read` } },
    ['scope-of-each-call', 'refused-nothing'],
  ),
  'a vendor of VKP for a municipality that VKP does not know': vendor(
    { does: { organization: '314159268', searches: [] } },
    ['vkp-id-of-caller', 'refused-nothing'],
    { blame: /Nothing was done/ },
  ),
  'a vendor of VKP whose payloads are no JSON': vendor({ does: { body: () => `no JSON ${crypto.randomUUID()}` } }, [
    'payload-accepted',
    'refused-nothing',
  ]),
  'a vendor of VKP whose payload is of another type': vendor(
    { does: { path: () => 'composition', scopeOf: () => ALL_SCOPES } },
    ['payload-accepted', 'refused-nothing'],
  ),
  'a vendor of VKP that asks for plans without dates': vendor({ does: { dates: 'none' } }, [
    'information-request-accepted',
    'refused-nothing',
  ]),
  'a vendor of VKP that gives up at a time-out': vendor({ does: { onTimeOut: 'give-up' } }, [
    'repeats-after-time-out-code',
  ]),
  'a vendor of VKP that repeats a time-out at once': vendor({ does: { onTimeOut: 'at-once' } }, [
    'repeats-after-time-out-code',
  ]),
  'a vendor of VKP that repeats what was refused': vendor({ does: { onRefusal: 'again' } }, ['takes-refusal-codes']),
  'a vendor of VKP that repeats a 503 of the EHR at once': vendor({ client: { on5xx: 'at-once' } }, [
    'survives-outage-of-ehr',
  ]),
  'a vendor of VKP that gives up at a 503 of the EHR': vendor({ client: { on5xx: 'give-up' } }, [
    'survives-outage-of-ehr',
  ]),
  'a vendor of VKP that loses what met a broken connection': vendor({ client: { onReset: 'skip' } }, [
    'survives-reset',
  ]),
  'a vendor of VKP that gives up at 401': vendor({ client: { on401: 'give-up' } }, ['renews-token']),
  'a vendor of VKP that gets a token for each request': vendor({ client: { token: 'each' } }, ['reuses-token']),
  'a vendor of VKP that hammers HelseID when it is down': vendor({ client: { onTokenOutage: 'at-once' } }, [
    'survives-token-endpoint-outage',
  ]),
  'a vendor of VKP that asks for a real person': vendor({ does: { person: realNumber() } }, ['sends-no-real-number']),
}
