import { describeVerdicts } from './verify-pit.fixture.ts'

// A program that gives up breaks what it has not done yet: the 401 that the pack ordered hits its second request.
describeVerdicts('pit-ehr', {
  'skip-last': ['hands-over-everyone'],
  'first-version-only': ['hands-over-everyone', 'hands-over-newest'],
  'hand-over-twice': ['hands-over-once'],
  'lenient-payload': ['hands-over-r4'],
  'retry-400': ['patient-refused-not-repeated'],
  'take-silence-for-202': ['hands-over-newest', 'repeats-unanswered', 'survives-reset'],
  'no-token-refresh': ['hands-over-everyone', 'renews-token'],
  'ignore-retry-after': ['waits-as-told'],
  'give-up-on-503': ['hands-over-everyone', 'survives-outage'],
  'give-up-on-reset': ['hands-over-everyone', 'survives-reset'],
  'real-number': ['renews-token', 'sends-no-real-number'],
  'reuse-proof': ['hands-over-everyone', 'renews-token', 'fresh-proofs', 'right-ath', 'handles-nonce'],
  'wrong-htu': ['hands-over-everyone', 'renews-token', 'right-htu'],
  'no-ath': ['hands-over-everyone', 'renews-token', 'right-ath'],
  'token-per-request': ['reuses-token'],
  'ignore-nonce': ['hands-over-everyone', 'renews-token', 'handles-nonce'],
})
