import { EVENT_TYPES } from '../../ground/event-types.ts'
import { enumerated } from '../../ground/text/enumerate.ts'
import type { Rule } from './rule.ts'
import { assumed, forServices, observed, quoted } from './source.ts'

const PIT_CURSOR = { document: 'pit-overview', section: 'Pagination' } as const
const PIT_ENTITIES = { document: 'pit-helseid' } as const
const PIT_PERSONS = 'The page speaks of synthetic entities in Test, not of persons; as JFT.'
const AS_JFT = 'PIT does not say; as JFT.'

/** What JFT asks of submissions, searches and acknowledgements. */
export const JFT_RULES = {
  'jft-municipality': {
    title: 'Access token without the municipality in orgnr_parent',
    type: 'forbidden',
    severity: 'error',
    sources: {
      jft: quoted('write-claim-required', 'The status 403 is assumed.'),
      pit: quoted('pit-claim', 'The status 403 is assumed.'),
    },
    fix: 'Send the organisation structure with the parent unit in assertion_details when you ask HelseID for a token, or use a single-tenant client.',
  },
  'organization-number-real': {
    title: 'Real organisation number in Test',
    type: 'business-rule',
    severity: 'error',
    sources: {
      jft: quoted('write-organization-test', 'That synthetic numbers begin with 2 or 3, and the status, are assumed.'),
      pit: quoted('pit-test-entities', 'The status is assumed.'),
    },
    fix: 'Ask for a token for a synthetic municipality, for example 313231593 or 312229544. Only orgnr_supplier may be real in Test.',
  },
  'organization-number-synthetic': {
    title: 'Synthetic organisation number in Production',
    type: 'business-rule',
    severity: 'error',
    sources: {
      jft: quoted('write-organization-production'),
      pit: assumed({ ...PIT_ENTITIES, reasoning: AS_JFT }),
    },
    fix: 'Use the Test environment for synthetic organisations.',
  },
  'organization-number-invalid': {
    title: 'Invalid organisation number in a claim',
    type: 'value',
    severity: 'error',
    sources: forServices(
      ['jft', 'pit'],
      assumed({
        document: 'jft-write',
        section: 'Handling of organization numbers',
        reasoning:
          'A number with a wrong control digit is neither real nor synthetic; nobody says that it is computed.',
      }),
    ),
    fix: 'Check the number for a misplaced digit.',
  },
  'identity-number-real': {
    title: 'Real identity number in Test',
    type: 'business-rule',
    severity: 'error',
    sources: {
      jft: quoted('write-nin-test', 'The status, and which elements are looked at, are assumed.'),
      pit: assumed({ ...PIT_ENTITIES, reasoning: PIT_PERSONS }),
    },
    fix: 'Use a synthetic person, for example from SyntPop: month +80 or +65. Test persons of other services may have numbers of the real series: JFT documents only synthetic ones. The number was masked here.',
  },
  'identity-number-synthetic': {
    title: 'Synthetic identity number in Production',
    type: 'business-rule',
    severity: 'error',
    sources: {
      jft: quoted('write-nin-production'),
      pit: assumed({ ...PIT_ENTITIES, reasoning: PIT_PERSONS }),
    },
    fix: 'Use the Test environment for synthetic persons.',
  },
  'identity-number-invalid': {
    title: 'Invalid identity number',
    type: 'value',
    severity: 'error',
    sources: {
      jft: assumed({
        document: 'jft-write',
        section: 'Handling of national identification numbers (NINs)',
        reasoning: 'A number that is not an identity number is neither real nor synthetic.',
      }),
      pit: assumed({ ...PIT_ENTITIES, reasoning: PIT_PERSONS }),
    },
    fix: 'Use a valid synthetic number, for example 02850097219, or another identifier system for other numbers.',
  },
  'identity-number-masked': {
    title: 'Possible real identity number, masked before storage',
    type: 'informational',
    severity: 'warning',
    sources: forServices(
      ['jft', 'pit', 'vkp', 'ehr'],
      assumed({
        reasoning:
          'The simulator keeps no real person: the event that is kept is not what was sent. Of all numbers of eleven digits 0.24 % look like one.',
      }),
    ),
    fix: 'Use a synthetic person. Where the number is something else, such as an account or a lot, use another in tests.',
  },
  'jft-resource-type': {
    title: 'Resource of another type than the path',
    type: 'invalid',
    severity: 'error',
    sources: { jft: quoted('write-types', 'The status for a mismatch is assumed.') },
    fix: 'Post the resource to the path of its own type.',
  },
  'jft-endpoint-type': {
    title: `Resource type without an endpoint of its own: only ${enumerated(EVENT_TYPES, 'and')}`,
    type: 'not-found',
    severity: 'error',
    sources: { jft: quoted('write-types', 'The status 404 is assumed.') },
    fix: 'Send other resource types inside a Bundle.',
  },
  'pit-resource-type': {
    title: 'Body that is not a Patient',
    type: 'invalid',
    severity: 'error',
    sources: {
      pit: quoted('pit-write', 'The page has no endpoint for other types; the status 400 is assumed.'),
    },
    fix: 'Post one Patient in each request.',
  },
  'jft-bundle-type': {
    title: 'Bundle that is not a document',
    type: 'business-rule',
    severity: 'warning',
    sources: {
      jft: observed({
        document: 'jft-example-bundle',
        reasoning: 'The older example had the type transaction, the present one document. No page demands it.',
      }),
    },
    fix: 'Set Bundle.type to document, with an identifier, a timestamp and the Composition as the first entry.',
  },
  'jft-dispense-status': {
    title: 'MedicationDispense of something that was not handed out',
    type: 'business-rule',
    severity: 'warning',
    sources: {
      jft: quoted(
        'write-types',
        'Which statuses count as successful, and that JFT does not refuse others, is assumed.',
      ),
    },
    fix: 'Send what was not handed out as a note or an alarm; a MedicationDispense is for what was.',
  },
  'jft-no-identity-number': {
    title: 'Patient without a national identity number',
    type: 'business-rule',
    severity: 'information',
    sources: {
      jft: assumed({
        document: 'jft-write',
        reasoning: 'Nothing demands it, but a record system cannot place the event without it.',
      }),
      pit: assumed({
        document: 'pit-overview',
        reasoning: 'No profile is named, but the same person cannot be known again without it.',
      }),
    },
    fix: 'Set subject.identifier with the system urn:oid:2.16.578.1.12.4.1.4.1.',
  },
  'jft-source-system': {
    title: 'Missing nhn-source-system, or one that is too short or too long',
    type: 'value',
    severity: 'warning',
    sources: {
      jft: assumed({
        setting: 'sourceSystemLength',
        reasoning: 'Sister services of NHN ask for the name and version of the system in 3 to 512 characters.',
      }),
    },
    fix: 'Send the name and version of your system, for example "Bruno V0.1.2".',
  },
  'jft-event-unknown': {
    title: 'Unknown event, or one of another type or municipality',
    type: 'not-found',
    severity: 'error',
    sources: {
      jft: assumed({
        document: 'jft-introduction',
        reasoning: 'Events are kept per municipality; that another one sees a 404 is assumed.',
      }),
    },
    fix: 'Use the type and id from the Location header or from a search, with a token for the same municipality.',
  },
  'jft-duplicate': {
    title: 'Same body submitted twice',
    type: 'duplicate',
    severity: 'error',
    sources: {
      jft: assumed({
        setting: 'duplicateSubmission',
        reasoning: 'No idempotency is documented; only with the setting conflict.',
      }),
    },
    fix: 'Follow the status of the first submission instead of sending it again.',
  },
  'jft-acknowledge-role': {
    title: 'Acknowledgement by the submitter itself',
    type: 'forbidden',
    severity: 'error',
    sources: {
      jft: assumed({
        setting: 'acknowledgeBy',
        reasoning: 'No roles are documented; only with the setting other-than-submitter.',
      }),
    },
    fix: 'Acknowledge as the record system.',
  },
  'jft-acknowledge-unread': {
    title: 'Acknowledgement of an event that nobody read',
    type: 'conflict',
    severity: 'error',
    sources: {
      jft: assumed({
        setting: 'acknowledgeBeforeRead',
        reasoning: 'Nothing forbids it; only with the setting reject.',
      }),
    },
    fix: 'Search for the event first.',
  },
  'jft-rate': {
    title: 'Too many requests per minute',
    type: 'throttled',
    severity: 'error',
    sources: {
      jft: assumed({
        setting: 'requestsPerMinute',
        reasoning: 'No limit is documented; other NHN services answer 429 with an empty body.',
      }),
      pit: assumed({ setting: 'requestsPerMinute', reasoning: AS_JFT }),
    },
    fix: 'Wait for the seconds in Retry-After.',
  },
  'search-parameter': {
    title: 'Unknown search parameter',
    type: 'not-supported',
    severity: 'error',
    sources: {
      jft: assumed({
        document: 'jft-read',
        section: 'Retrieving events',
        reasoning: 'Lists _count, _sort, _lastUpdated, _tag, _tag:not and cursor. What others give is not documented.',
      }),
      pit: assumed({
        document: 'pit-overview',
        section: 'Retrieving patient resources',
        reasoning: 'Lists _lastUpdated, _count, _sort and cursor. What others give is not documented.',
      }),
    },
    fix: 'Use only the documented parameters; names are case-sensitive.',
  },
  'search-count': {
    title: '_count that is not a whole number, or outside the page sizes',
    type: 'value',
    severity: 'error',
    sources: {
      jft: assumed({
        document: 'pit-overview',
        section: 'Pagination',
        reasoning: 'The sister service says 1 to 50; JFT gives no range.',
      }),
      pit: quoted('pit-count', 'That another number is refused is assumed.'),
    },
    fix: 'Ask for a page of 1 to 50 events, and follow next.',
  },
  'search-sort': {
    title: '_sort by something else than _lastUpdated',
    type: 'not-supported',
    severity: 'error',
    sources: {
      jft: quoted('read-sort', 'That other sort keys are refused is assumed.'),
      pit: assumed({
        document: 'pit-overview',
        section: 'Pagination',
        reasoning: 'The page has _sort; that it takes the values of JFT, and no others, is assumed.',
      }),
    },
    fix: 'Use _sort=_lastUpdated or _sort=-_lastUpdated.',
  },
  'search-last-updated': {
    title: 'Malformed _lastUpdated',
    type: 'value',
    severity: 'error',
    sources: {
      jft: assumed({
        document: 'pit-overview',
        section: 'Filtering',
        reasoning:
          'The sister service requires gt, ge, lt or le and at least minutes; JFT does not describe the syntax.',
      }),
      pit: quoted('pit-last-updated', 'The status 400 is assumed.'),
    },
    fix: 'Write _lastUpdated=ge2026-01-01T12:00Z; a + in the offset must be sent as %2B.',
  },
  'search-tag': {
    title: 'Unknown tag in _tag',
    type: 'value',
    severity: 'error',
    sources: {
      jft: assumed({
        setting: 'acknowledgedTag',
        document: 'jft-read',
        section: 'Retrieving events',
        reasoning:
          'That _tag and _tag:not tell acknowledged events is documented, the system and code are not: the value here is a guess, set by acknowledgedTag.',
      }),
    },
    fix: 'Use the tag of the setting acknowledgedTag, or set it to the tag that NHN gave you.',
  },
  'search-cursor': {
    title: 'Changed or unknown cursor',
    type: 'invalid',
    severity: 'error',
    sources: {
      jft: quoted('read-cursor-opaque', 'The status 400 is assumed.'),
      pit: quoted('pit-cursor', 'The status 400 is assumed.'),
    },
    fix: 'Follow the next link as it stands, with a token for the same municipality.',
  },
  'search-cursor-filter': {
    title: '_tag or _lastUpdated together with a cursor',
    type: 'invalid',
    severity: 'error',
    sources: {
      jft: quoted('read-cursor-filters'),
      pit: assumed({ ...PIT_CURSOR, reasoning: AS_JFT }),
    },
    fix: 'Send the cursor alone: it carries the filters of the first page.',
  },
  'search-cursor-ignored': {
    title: '_sort or _count without effect, together with a cursor',
    type: 'informational',
    severity: 'warning',
    sources: {
      jft: quoted('read-cursor-sort-ignored', 'For _count it is assumed.'),
      pit: assumed({ ...PIT_CURSOR, reasoning: AS_JFT }),
    },
    fix: 'Leave them out.',
  },
} as const satisfies Record<string, Rule>
