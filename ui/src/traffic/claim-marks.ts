import type { Issue, Step } from '../data/api.ts'

/** What became of one member of a token. `message`: why it failed. */
export interface Mark {
  readonly state: 'checked' | 'failed' | 'unchecked'
  readonly message?: string
}

const PARENT = 'helseid://claims/client/claims/orgnr_parent'

/** The members that a rule is about. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'token-alg': ['alg'],
  'token-typ': ['typ'],
  'token-issuer': ['iss'],
  'token-audience': ['aud'],
  'token-expired': ['exp'],
  'token-not-yet-valid': ['nbf'],
  'token-binding': ['cnf'],
  'token-scope': ['scope'],
  'jft-municipality': [PARENT],
  'organization-number-real': [PARENT],
  'organization-number-synthetic': [PARENT],
  'organization-number-invalid': [PARENT],
  'vkp-scope': ['scope'],
  'vkp-client-amr': ['client_amr'],
  'dpop-typ': ['typ'],
  'dpop-alg': ['alg'],
  'dpop-jwk': ['jwk'],
  'dpop-private-key': ['jwk'],
  'dpop-thumbprint': ['jwk'],
  'dpop-ath': ['ath'],
  'dpop-jti': ['jti'],
  'dpop-replay': ['jti'],
  'dpop-htm': ['htm'],
  'dpop-htu': ['htu'],
  'dpop-iat': ['iat'],
  'dpop-nonce': ['nonce'],
}

/** The steps in which a member is looked at, where it is not the step `token`. */
const STEP_OF: Readonly<Record<string, string>> = { scope: 'scope', [PARENT]: 'claims' }

/**
 * What became of each member of the access token (`token`) or of the proof (`dpop`). One that no rule is about was not looked
 * at; nor can one be called checked when its step stopped at another.
 */
export function claimMarks(kind: 'token' | 'dpop', steps: readonly Step[], issues: readonly Issue[]) {
  const isProof = (rule: string) => rule.startsWith('dpop-')
  const rules = Object.keys(MEMBERS).filter((rule) => isProof(rule) === (kind === 'dpop'))
  const passed = new Set(steps.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name))
  return (member: string): Mark => {
    const about = rules.filter((rule) => MEMBERS[rule]?.includes(member))
    const fault = issues.find(({ rule }) => about.includes(rule))
    if (fault) return { state: 'failed', message: fault.message }
    const step = kind === 'token' ? (STEP_OF[member] ?? 'token') : 'token'
    return { state: about.length > 0 && passed.has(step) ? 'checked' : 'unchecked' }
  }
}
