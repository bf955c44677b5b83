// @ts-check

/** What the libraries say of a connection that broke and of an answer that did not come to its end. */
const BROKEN = /fetch failed|terminated|aborted|timed out|parsing error/

/** @typedef {'HelseID' | 'JFT' | 'PIT'} Service */

/** A request that did not succeed, in one form for openid-client and fhir-kit-client. */
export class Trouble extends Error {
  /**
   * @param {Service} service
   * @param {unknown} thrown what a library threw
   */
  constructor(service, thrown) {
    const error = /** @type {Thrown} */ (thrown)
    const answer = error.response ?? (error.cause instanceof Response ? error.cause : undefined)
    super(`${service} ${describe(error, answer)}`, { cause: error })
    this.service = service
    /** 0: no answer, or not all of it. */
    this.status = answer?.status ?? 0
    this.isBroken = answer === undefined && BROKEN.test(error.message)
    this.url = error.config?.url ?? ''
    this.headers = error.config?.headers ?? (answer instanceof Response ? answer.headers : new Headers())
    /** The answer had begun; its body broke off, was too slow, or was no JSON. */
    this.isCut = this.status === 200 || /terminated|aborted/.test(error.message)
  }

  /** It may succeed when it is repeated later. */
  get isTemporary() {
    return this.isBroken || this.status === 200 || this.status === 429 || this.status >= 500
  }

  /** The API may have done what it was asked; a 429 and a 503 say that it has not. */
  get isUnsure() {
    return this.service !== 'HelseID' && this.isTemporary && this.status !== 429 && this.status !== 503
  }

  /** RFC 9449, section 9. */
  get asksForNonce() {
    return this.status === 401 && /use_dpop_nonce/.test(this.headers.get('www-authenticate') ?? '')
  }

  /** Seconds; undefined where nothing is said. A number or a date (RFC 9110, section 10.2.3). */
  get retryAfter() {
    const text = this.headers.get('retry-after')
    if (text === null) return undefined
    return /^\d+$/.test(text) ? Number(text) : Math.max((Date.parse(text) - Date.now()) / 1000, 0)
  }
}

/**
 * What the libraries throw: `response` where there was an answer, `config` from fhir-kit-client.
 * @typedef {Error & { response?: Answer, config?: { url: string, headers: Headers } }} Thrown
 * @typedef {{ status: number, data?: unknown }} Answer
 */

/**
 * @param {Thrown} error
 * @param {Answer | undefined} answer
 */
function describe({ message, cause }, answer) {
  if (answer === undefined) return `gave no whole answer: ${message}${codeOf(cause)}`
  return answer.status === 200 ? 'answered 200, but no JSON' : `answered ${answer.status}${reasonsOf(answer.data)}`
}

/** @param {unknown} cause */
function codeOf(cause) {
  return cause instanceof Error && 'code' in cause ? `, ${cause.code}` : ''
}

/**
 * What an OperationOutcome says.
 * @param {unknown} data
 */
function reasonsOf(data) {
  const { issue = [] } = /** @type {Partial<import('fhir/r4.js').OperationOutcome>} */ (data ?? {})
  const reasons = issue.map(({ diagnostics, details }) => diagnostics ?? details?.text ?? '')
  return reasons.length === 0 ? '' : `: ${reasons.join(' ')}`
}
