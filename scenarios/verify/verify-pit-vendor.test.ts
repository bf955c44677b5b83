import { describeVerdicts } from './verify-pit.fixture.ts'

// A program that gives up breaks what it has not done yet.
describeVerdicts('pit-vendor', {
  'first-page-only': ['reads-to-the-end'],
  'cursor-decoded': ['mirrors-everyone', 'reads-to-the-end', 'follows-next-as-given'],
  'cursor-with-filter': ['mirrors-everyone', 'follows-next-as-given'],
  'from-own-clock': ['mirrors-everyone', 'mirrors-newest', 'restarts-from-stamp'],
  'forget-stamp': ['restarts-from-stamp'],
  'no-token-refresh': ['renews-token'],
  'ignore-retry-after': ['waits-as-told'],
  'give-up-on-503': ['survives-outage'],
  'give-up-on-reset': ['survives-reset'],
  'drop-cut-page': ['survives-cut'],
  'poll-too-fast': ['polls-as-told'],
  'reuse-proof': ['fresh-proofs', 'handles-nonce'],
  'wrong-htu': ['right-htu'],
  'no-ath': ['right-ath'],
  'token-per-request': ['reuses-token'],
  'ignore-nonce': ['handles-nonce'],
})
