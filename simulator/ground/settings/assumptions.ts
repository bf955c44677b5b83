import { z } from 'zod'
import type { DocumentKey } from '../documents.ts'

/** Where the documents are silent. One row for each silent point: the setting's values, its default, and the reasoning. */
interface SilentPoint {
  /** Whose documents say nothing. */
  readonly of: 'jft' | 'pit' | 'vkp' | 'helseid'
  /** The number of the question in the list of what those documents do not say. */
  readonly point: number
  readonly schema: z.ZodType
  readonly question: string
  readonly reasoning: string
  /** What the reasoning rests on. */
  readonly documents: readonly DocumentKey[]
}

const rowOf =
  (of: SilentPoint['of']) =>
  <S extends z.ZodType>(
    point: number,
    schema: S,
    question: string,
    reasoning: string,
    documents: readonly DocumentKey[] = [],
  ) =>
    ({ of, point, schema, question, reasoning, documents }) satisfies SilentPoint
const row = rowOf('jft')
const pitRow = rowOf('pit')
const vkpRow = rowOf('vkp')
const helseidRow = rowOf('helseid')

/** One of some statuses; the first is the default. */
const status = (first: number, ...rest: number[]) => z.literal([first, ...rest]).default(first)
/** One of some words; the first is the default. */
const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).prefault(values[0])
/** The one answer that is played: the row says that it is a decision. */
const settled = <const T extends string>(value: T) => z.literal(value).prefault(value)
const flag = (value: boolean) => z.boolean().default(value)
const count = (value: number) => z.int().min(0).default(value)

/** Every silent point, by the name of its setting. */
export const SILENT_POINTS = {
  errorBody: row(
    1,
    choice(['operation-outcome', 'problem-json']),
    'Which body does a 400 have?',
    'VKP answers an OperationOutcome, and Firely, which JFT appears to use, makes one; other NHN services use problem+json.',
    ['firely-sdk-5', 'vkp-samples'],
  ),
  firelySdk: row(
    1,
    z.literal([5, 6]).default(5),
    'Whose codes and messages does the format check give: Firely SDK 5 or 6?',
    "NHN's public sample code pins 5.11.",
    ['vkp-samples'],
  ),
  mostIssues: row(
    1,
    z.int().min(1).max(10_000).default(1_000),
    'How many issues does an answer to a wrong body name?',
    'The library names all. A body of 900 kB can have 400,000; of those beyond the number only how many there are is told.',
    ['firely-sdk-5'],
  ),
  firelyMode: row(
    1,
    choice(['default', 'strict']),
    'In which mode does SDK 6 read: as it does by default, or strict in the letter case of names, too?',
    'DEFAULT is what a service gets that asks for nothing; STRICT was added next to it.',
    ['firely-sdk-6'],
  ),
  firelyThrowsStatus: row(
    1,
    status(400, 500),
    'Which status has a body that the library throws at, instead of reporting what is wrong?',
    'A service that catches only DeserializationFailedException answers 500; 400 is what is documented of invalid bodies.',
    ['firely-sdk-6'],
  ),
  dotnet: row(
    1,
    z.literal([8, 6]).default(8),
    'Which .NET runs the format check: 8 or later, or one before? White space in base64 and a comma before a fraction of a second depend on it.',
    "NHN's public samples are built for .NET 9.",
    ['vkp-samples'],
  ),
  acceptedBody: row(
    2,
    choice(['empty', 'operation-outcome']),
    'Does a 202 have a body?',
    'Only the Location header is described.',
    ['jft-write'],
  ),
  locationHost: row(
    3,
    choice(['read', 'write']),
    'Which host does the Location header name?',
    '$status is an endpoint of the ReadAPI, and submitting one of the WriteAPI, so the URL must be absolute.',
    ['jft-read', 'jft-write'],
  ),
  acknowledgedTag: row(
    4,
    z.string().min(1).default('https://fhir.jft.nhn.no/journaling-acknowledged|true'),
    'Which system and code does _tag take for an acknowledged event?',
    'Follows the pattern of the documented tag systems and the name of the operation. The code or the system alone is taken too.',
    ['jft-read'],
  ),
  acknowledgedTagReturned: row(
    5,
    flag(false),
    'Is the acknowledgement returned as a tag?',
    'The full list of metadata has four tags, none for this.',
    ['jft-read'],
  ),
  countDefault: row(
    6,
    z.int().min(1).default(20),
    'How many events has a page without _count?',
    'The sister service PIT says 20.',
    ['pit-overview'],
  ),
  countMax: row(6, z.int().min(1).default(50), 'How large may _count be?', 'The sister service PIT says 50.', [
    'pit-overview',
  ]),
  countOutOfRange: row(
    6,
    choice(['reject', 'clamp']),
    'What happens to a _count out of range?',
    'A refusal is seen at once; a smaller page than asked for is not.',
  ),
  lastUpdatedPrefix: row(
    7,
    choice(['required', 'optional']),
    'Must _lastUpdated have a prefix?',
    'The sister service PIT requires gt, ge, lt or le.',
    ['pit-overview'],
  ),
  lastUpdatedPrecision: row(
    7,
    choice(['minute', 'any']),
    'How precise must the time in _lastUpdated be?',
    'The sister service PIT requires at least minutes.',
    ['pit-overview'],
  ),
  lastUpdatedMeaning: row(
    7,
    choice(['instant', 'range']),
    'Is a time in _lastUpdated one instant, or all that its precision covers?',
    'FHIR R4 says a range. JFT leaves trailing zeros of its own stamps out, so under a range a client that continues from a stamp on a whole second would miss events.',
    ['fhir-r4'],
  ),
  unknownParameter: row(
    8,
    choice(['reject', 'ignore']),
    'What happens to an unknown search parameter?',
    'FHIR lets a server ignore it; refusing shows a misspelled filter, which would otherwise return everything.',
    ['fhir-r4'],
  ),
  countWithCursor: row(
    9,
    choice(['ignore', 'reject', 'apply']),
    'What does _count do together with a cursor?',
    'The documented next link has the cursor only, so the page size is inside it; _sort is documented as ignored.',
    ['jft-read'],
  ),
  invalidCursorStatus: row(
    10,
    status(400),
    'Which status has a cursor that was changed, or is another’s?',
    'Misuse of a cursor is documented as a validation error.',
    ['jft-read'],
  ),
  cursorLifetimeSeconds: row(10, count(0), 'How long does a cursor live? 0: for ever.', 'Nothing is said of expiry.'),
  searchTotal: row(11, flag(false), 'Does a searchset have a total?', 'Keyset paging usually has none.'),
  resourceId: row(
    12,
    settled('assigned'),
    "Whose id has a returned resource: the submitter's or JFT's?",
    'JFT assigns a resource id, and the record system needs it to acknowledge.',
    ['jft-lifecycle'],
  ),
  clientTags: row(
    12,
    choice(['keep', 'replace']),
    "What happens to the submitter's own meta.tag?",
    'The documented tags are added; nothing says that others are taken away.',
    ['jft-read'],
  ),
  unauthorizedBody: row(
    13,
    choice(['operation-outcome', 'empty']),
    'Does a 401 or 403 have a body?',
    'ASP.NET sends none. The simulator explains itself unless told to be as silent.',
  ),
  missingScopeStatus: row(14, status(403, 401), 'Which status has a token without the scope?', 'EDI 2.0 says 403.', [
    'edi-troubleshooting',
  ]),
  missingMunicipalityStatus: row(
    14,
    status(403, 401, 400),
    'Which status has a token without orgnr_parent?',
    'The claim is listed under access control.',
    ['jft-write', 'pit-overview'],
  ),
  identityNumberStatus: row(
    15,
    status(400, 403),
    'Which status has a refused identity number?',
    'It is listed with the format check, which gives 400.',
    ['jft-write'],
  ),
  organizationNumberStatus: row(
    15,
    status(403, 400),
    'Which status has a refused organisation number in a claim?',
    'It is a property of the token, not of the body.',
  ),
  identityNumberScope: row(
    16,
    choice(['identifiers', 'identifiers-and-text']),
    'Where are identity numbers looked for?',
    'Every Identifier with the system of a national identity number, at any depth.',
  ),
  otherSyntheticSeries: row(
    16,
    choice(['accept', 'reject']),
    'Are +40 numbers (NAV) and common help numbers (FH) synthetic?',
    'JFT recommends SyntPop, which has +80 and +65; nobody mentions the others.',
    ['jft-write'],
  ),
  foreignEventStatus: row(
    17,
    status(404, 403),
    "Which status has another municipality's event?",
    '404 does not reveal that it exists.',
  ),
  isolation: row(
    18,
    settled('municipality'),
    'Who sees an event, and does each reader have a status of its own?',
    'Events are kept per municipality; $status knows one time of reading.',
    ['jft-introduction', 'jft-read'],
  ),
  acknowledgeBy: row(
    19,
    choice(['anyone', 'other-than-submitter']),
    'May the submitter acknowledge its own event?',
    'There is one scope and no role.',
    ['jft-introduction'],
  ),
  readMarkedBy: row(
    20,
    choice(['anyone', 'other-than-submitter']),
    'Whose search marks an event as read?',
    'The first retrieval is recorded, and no role is named. $status does not count.',
    ['jft-read'],
  ),
  readUpdatesLastUpdated: row(
    21,
    flag(false),
    'Does reading change meta.lastUpdated?',
    'FHIR makes no new version of a tag change; a reader would chase its own reads.',
    ['fhir-r4'],
  ),
  acknowledgeUpdatesLastUpdated: row(
    21,
    flag(false),
    'Does acknowledging change meta.lastUpdated?',
    'As for reading.',
    ['fhir-r4'],
  ),
  registrationDelayMs: row(
    22,
    count(0),
    'How long does registration take after the 202?',
    'Events are saved for further processing. 0 keeps tests fast.',
  ),
  statusBeforeRegistered: row(
    22,
    choice(['null', 'not-found']),
    'What does $status say before registration?',
    'The 202 gives its URL, so it exists; registered is null until then.',
    ['jft-write', 'jft-read'],
  ),
  failed: row(
    23,
    settled('never'),
    'When does $status have a time in failed?',
    'It is "to be defined": null, unless a fault that was injected sets it.',
    ['jft-read'],
  ),
  duplicateSubmission: row(
    24,
    choice(['new-event', 'conflict']),
    'What happens when the same body is submitted twice?',
    'No idempotency is documented: every POST is a new event.',
  ),
  repeatedAcknowledgement: row(
    25,
    choice(['keep-first', 'update']),
    'What does a second acknowledgement change?',
    'The time when an acknowledgement was submitted is kept.',
    ['jft-read'],
  ),
  acknowledgeBeforeRead: row(
    25,
    choice(['allow', 'reject']),
    'May an event be acknowledged before it was read?',
    'Nothing forbids it.',
  ),
  sizeLimitBytes: row(
    26,
    z.int().min(1).default(1_048_576),
    'How many bytes is "approximately 1 MB"?',
    '1 MiB; the body of a larger request is not read.',
    ['jft-write'],
  ),
  contentTypes: row(
    27,
    z.array(z.string().min(1)).min(1).default(['application/json', 'application/fhir+json']),
    'Which content types may a submission have?',
    'The examples send application/json; FHIR has its own.',
    ['jft-example-bundle', 'fhir-r4'],
  ),
  wrongResourceTypeStatus: row(
    28,
    status(400, 422),
    'Which status has a body of another resource type than the path?',
    'It is a refused format.',
  ),
  bundleType: row(
    29,
    choice(['any', 'document']),
    'Which Bundle.type may a submission have?',
    "NHN's examples went from transaction (January 2026) to document (February); the parser takes any code of R4.",
    ['jft-example-bundle', 'jft-example-bundle-older'],
  ),
  profileValidation: row(
    30,
    settled('none'),
    'Are profiles, terminologies and invariants checked?',
    "Deserializing R4 checks none of them, and NHN's own example would fail.",
    ['jft-write', 'jft-example-bundle'],
  ),
  whitespaceOnlyStrings: row(
    30,
    choice(['accepted', 'rejected']),
    'Are strings of only whitespace accepted?',
    'The source of Firely SDK 5 looks for empty strings only; its message says otherwise.',
    ['firely-sdk-5'],
  ),
  requestsPerMinute: row(
    31,
    count(0),
    'How many requests may a client send in a minute? 0: no limit.',
    'No limit is documented. Other NHN services answer 429 with an empty body.',
  ),
  eventIdGenerated: row(
    32,
    flag(true),
    'Is nhn-event-id answered when none was sent?',
    'Sister services use the header; JFT does not mention it.',
  ),
  sourceSystemLength: row(
    33,
    choice(['warn', 'reject']),
    'What happens to an nhn-source-system outside 3 to 512 characters?',
    'Sister services give that range; JFT gives none.',
  ),
  retention: row(
    34,
    settled('until-reset'),
    'How long are events kept, and can they be deleted or corrected?',
    'Nothing is said. They stay until the sandbox is reset.',
  ),
  metadata: row(
    35,
    settled('not-found'),
    'Is there a CapabilityStatement at /metadata?',
    'Sister services have one; JFT describes its API at /swagger, in Test only.',
    ['jft-introduction'],
  ),
  unprocessableStatus: row(
    36,
    settled('unused'),
    'Does JFT answer 422?',
    'No sister service does; what is refused is a 400.',
  ),
  apiChallenge: row(
    13,
    choice(['rfc-9449', 'nhn-samples']),
    'How does an API answer a wrong token, proof or scope?',
    'The form of RFC 9449 explains itself. An API of NHN as its samples have one, on ASP.NET, answers Bearer error="invalid_token" to faults of DPoP too, without a description where the proof is at fault, and 403 without a challenge to a missing scope; neither has a body.',
    ['rfc-9449', 'helseid-samples'],
  ),
  pathForms: row(
    37,
    choice(['any', 'exact']),
    'Is a path taken in another letter case, or with a slash at its end? It also counts for PIT and VKP.',
    'ASP.NET, which the services appear to be, takes both. The documented form is always right, so the exchange has a warning.',
  ),
  pitProcessingDelayMs: pitRow(
    3,
    count(0),
    'How many milliseconds after its 202 is a patient there to read?',
    'It is queued for processing after acceptance; how long that takes is not said.',
    ['pit-overview'],
  ),
  pitLocation: pitRow(
    4,
    settled('none'),
    'Does the 202 have a Location, and is there a $status?',
    'The page mentions neither.',
    ['pit-overview'],
  ),
  pitSearchByPost: pitRow(
    6,
    choice(['not-found', 'as-jft']),
    'Is there a POST /v1/Patient/_search?',
    'The page has GET only; JFT has both.',
    ['pit-overview', 'jft-read'],
  ),
  pitOtherInteractions: pitRow(
    6,
    settled('not-found'),
    'Can one patient be read, changed or deleted by its id?',
    'The page has neither.',
    ['pit-overview'],
  ),
  pitCountOutOfRange: pitRow(
    8,
    choice(['reject', 'clamp']),
    'What happens to a _count outside 1 to 50?',
    'A refusal is seen at once; a smaller page than asked for is not.',
    ['pit-overview'],
  ),
  pitSizeLimitBytes: pitRow(
    12,
    z.int().min(1).default(921_600),
    'How many bytes is "approximately 900 KB"?',
    '900 times 1,024; the body of a larger request is not read.',
    ['pit-overview'],
  ),
  pitIsolation: pitRow(
    19,
    settled('municipality'),
    'Who sees which patients?',
    'The municipality in orgnr_parent sees its own, as in JFT.',
    ['pit-overview'],
  ),
  pitSamePerson: pitRow(
    20,
    choice(['replace', 'new-entry']),
    'What becomes of a person who is handed over again?',
    'A time of the last update implies updates: the later one replaces the earlier, by national identity number within the municipality; without one, by the first other identifier.',
    ['pit-overview'],
  ),
  pitProfile: pitRow(
    21,
    settled('base-r4'),
    'Which profile must a patient conform to?',
    'The page names none; no-basis-Patient would be likely.',
    ['pit-overview'],
  ),
  pitIdentityNumbers: pitRow(
    22,
    choice(['as-jft', 'not-checked']),
    'Are identity numbers of the real series refused in Test?',
    'Only synthetic entities may be used in Test; persons are not named.',
    ['pit-helseid', 'jft-write'],
  ),
  pitOrganizationNumbers: pitRow(
    22,
    choice(['as-jft', 'not-checked']),
    'Are organisation numbers of the real series refused in Test?',
    'Only synthetic entities may be used in Test; the status is not said.',
    ['pit-helseid', 'jft-write'],
  ),
  pitTags: pitRow(
    23,
    settled('none'),
    'Which tags does the service add to meta?',
    'The page names none; the simulator adds lastUpdated and nothing else.',
    ['pit-overview'],
  ),
  pitErrors: pitRow(
    24,
    settled('as-jft'),
    'What do refusals look like, and which headers come back?',
    'Nothing is said: the settings for JFT apply.',
    ['pit-overview'],
  ),
  vkpSuccessStatus: vkpRow(
    2,
    status(200, 201, 202, 204),
    'Which status has a submission that VKP took?',
    "NHN's sample takes any 2xx and does not read the body; the simulator sends none.",
    ['vkp-samples'],
  ),
  vkpProxyAnswer: vkpRow(
    3,
    choice(['as-classic', 'jft']),
    'What does the vendor see of JFT where VKP is a proxy: nothing, or its 202 and Location?',
    'Vendors can continue without changing their implementation (VKP as reverse proxy).',
    ['vkp-reverse-proxy'],
  ),
  vkpJftRefusal: vkpRow(
    4,
    choice(['synchronous', 'store-and-forward']),
    "Does the vendor see that JFT refused its event, or does only the municipality, on VKP's Min side?",
    'A refusal that is seen at once can be mended. Min side lists failed messages, which speaks for the other.',
    ['vkp-my-page'],
  ),
  vkpJftDown: vkpRow(
    5,
    choice(['time-out', 'store-and-forward']),
    'What does the vendor see when JFT does not answer?',
    'VKP has the code 3.1 for a time-out; it might keep the event instead. The simulator sends nothing again later.',
    ['vkp-outcome-codes'],
  ),
  vkpRefusalBody: vkpRow(
    6,
    choice(['empty', 'operation-outcome']),
    'Which body does a refusal have whose status is not 400?',
    "NHN's sample decodes the body of a 400 only. Authorisation by VKP's own register is refused with 400 and a code 1.x.",
    ['vkp-samples'],
  ),
  vkpExchangedClient: vkpRow(
    9,
    choice(['actor', 'subject']),
    "Whose client_id is in VKP's exchanged token, and so in JFT's source-client-id: VKP's (actor) or the vendor's (subject)?",
    'RFC 8693 (4.3) calls client_id the client that requested the token; the delegation pattern of Duende keeps the subject’s.',
    ['rfc-8693', 'duende'],
  ),
  vkpSourceSystem: vkpRow(
    10,
    choice(['none', 'vkp', 'vkp-id']),
    'Which nhn-source-system does VKP send to JFT?',
    'The header is optional, and nothing says that VKP sends it.',
  ),
  vkpEventIdGenerated: vkpRow(
    11,
    flag(true),
    'Is nhn-event-id answered when none was sent?',
    'VKP names no correlation id; the simulator echoes the header of the sister services and hands it on.',
  ),
  vkpNotForwarded: vkpRow(
    12,
    choice(['classic', 'reject']),
    'What becomes of an Encounter or a Communication where VKP is a proxy?',
    'JFT has no endpoint for them, and VKP always took them: they stay on the classic route.',
  ),
  corrections: vkpRow(
    13,
    choice(['since-2026-03', 'documented-only', 'none']),
    'What does VKP correct before it posts to JFT?',
    'The page lists the two most common errors, so there are more; what a lenient parser repairs on its own is taken. None: as before March 2026.',
    ['vkp-reverse-proxy'],
  ),
  vkpProfileCheck: vkpRow(
    13,
    choice(['ignore', 'reject']),
    'Does VKP reject a Composition or MedicationDispense without what only its own profiles make mandatory?',
    'Historic negative tests lack a category or a performer; what is published today does not mention it.',
    ['vkp-profiles'],
  ),
  vkpServiceCodesMissing: vkpRow(
    17,
    z.literal(['2.3', '1.2']).default('2.3'),
    'Which code has a search without the header ServiceCodes?',
    'A missing parameter is a wrong number of parameters; without tjenstlig behov it might be not allowed.',
    ['vkp-services', 'vkp-outcome-codes'],
  ),
  vkpMissingDates: vkpRow(
    22,
    choice(['reject', 'accept']),
    'What happens to a search for visit plans or action plans without dates?',
    "NHN's sample always sends two. A refusal is seen at once.",
    ['vkp-samples'],
  ),
  staticPatients: vkpRow(
    30,
    choice(['test-municipality', 'every-municipality', 'none']),
    'Whose EHR has the same data for any valid identity number: that of 314159265 alone, every one, or none?',
    "NHN says that the answers of VKP's test API are static for any valid number, and its samples call it for 314159265, with dates in 2024. The others show what a real EHR does with a person whom it does not have.",
    ['vkp-samples'],
  ),
  tokenErrorDescription: helseidRow(
    3,
    choice(['as-helseid', 'explained']),
    'Does error_description say why a token request was refused, where HelseID says no more than invalid_client?',
    "HelseID's answer is bare. What the simulator found stands in jft_simulator, which the libraries of .NET and Java throw away; `explained` puts it where they look.",
    ['helseid-errors'],
  ),
  rotatedKeys: helseidRow(
    4,
    choice(['replaced', 'kept']),
    'What becomes of the older key of a client that gives itself another one at /v1/client-secret?',
    "HelseID.Library calls it an update of the client's secret. A client that continues with the older key is seen at once.",
    ['helseid'],
  ),
  accessTokenLifetimeSeconds: helseidRow(
    1,
    z.int().min(1).max(86_400).default(600),
    'For how many seconds is an access token good? A client can be registered with a lifetime of its own.',
    'It differs from client to client: tokens of 600 and 3,600 seconds are published, 60 were measured in Test.',
    ['fhi-helseid', 'forer-legeerklaering'],
  ),
  assertionReuse: helseidRow(
    2,
    choice(['warn', 'accept', 'refuse']),
    'What happens to a client assertion that was used before, be it in the first request of the nonce round trip?',
    "NHN's Java library uses one twice, so it is taken today; HelseID has announced that it will require a new one per request.",
    ['helseid-library-java', 'duende-foss-323'],
  ),
} satisfies Record<string, SilentPoint>

type Points = typeof SILENT_POINTS
type Shape = { [K in keyof Points]: Points[K]['schema'] }

const shape = Object.fromEntries(Object.entries(SILENT_POINTS).map(([name, point]) => [name, point.schema])) as Shape

/** The settings for the silent points; each has a default, and an unknown name is an error. */
export const assumptionsSchema = z.strictObject(shape)

/** What this simulator assumes where the documents are silent. */
export type Assumptions = z.infer<typeof assumptionsSchema>
