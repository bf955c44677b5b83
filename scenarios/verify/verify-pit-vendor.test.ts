import { describeVerdicts } from './verify-pit.fixture.ts'

// A program that gives up breaks what it has not done yet; one that has seen nothing has no time to start again from.
const GAVE_UP = ['mirrors-everyone', 'restarts-from-stamp'] as const

describeVerdicts('pit-vendor', {
  'first-page-only': ['reads-to-the-end'],
  'cursor-decoded': [
    ...(['mirrors-everyone', 'mirrors-newest', 'reads-to-the-end', 'follows-next-as-given'] as const),
    'waits-as-told',
  ],
  'cursor-with-filter': ['mirrors-everyone', 'mirrors-newest', 'follows-next-as-given', 'waits-as-told'],
  'from-own-clock': ['mirrors-everyone', 'mirrors-newest', 'restarts-from-stamp', 'survives-cut'],
  'forget-stamp': ['restarts-from-stamp'],
  'ignore-retry-after': ['waits-as-told'],
  'give-up-on-503': ['mirrors-everyone', 'mirrors-newest', 'survives-outage'],
  'give-up-on-reset': ['survives-reset'],
  'poll-too-fast': ['polls-as-told'],
  'reuse-proof': [...GAVE_UP, 'fresh-proofs', 'right-ath', 'handles-nonce'],
  'wrong-htu': [...GAVE_UP, 'renews-token', 'right-htu'],
  'no-ath': [...GAVE_UP, 'renews-token', 'right-ath'],
  'token-per-request': ['reuses-token'],
  'ignore-nonce': ['restarts-from-stamp', 'handles-nonce'],
})
