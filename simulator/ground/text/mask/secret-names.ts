/**
 * Names whose values are secret wherever they stand: headers, parameters, members of JSON. By how they end, and the fields of
 * RFC 6749, 7521 and 8693 (`client_secret` and `subject_token` end so, too).
 */
const SECRET =
  /(?:[-_.]|api|private|secret|access|shared)-?key$|token$|secret$|passw(?:or)?d$|passphrase$|(?:^|[-_.])(?:pwd|assertion|verifier)$/

/** Parameters that are secret, and whose name means something else elsewhere: FHIR has a `code` in each Coding. */
const SECRET_PARAMETER = /^(?:code|device_code|user_code)$/

/** A text without any of these words has no such name. */
const HINT = /key|token|secret|passw|passphrase|pwd|assertion|verifier|code/i

/** Whether a header, a parameter or a member of that name has a secret. */
export function isSecretName(name: string): boolean {
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
  return SECRET.test(plain) && !/public/.test(plain)
}

/** The same of the parameter of a form or a URL, as it is written there. */
export function isSecretParameter(written: string): boolean {
  const name = decodedName(written)
  return isSecretName(name) || SECRET_PARAMETER.test(name)
}

/** Whether a text may have a secret name; most have none. */
export function mayNameSecrets(text: string): boolean {
  return HINT.test(text)
}

function decodedName(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
