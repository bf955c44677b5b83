import { REMOVED } from './keys.ts'
import { redact } from './redact.ts'
import { isSecretName } from './secret-names.ts'

/** A command line as a report may show it: without what stands behind an option, or in a variable, of a secret name. */
export function redactCommand(words: readonly string[]): string {
  return words.map((word, index) => (isSecretOption(words[index - 1]) ? REMOVED : redactWord(word))).join(' ')
}

/** `--api-key`; `-u` and `--user` of curl have a password too. */
function isSecretOption(word = ''): boolean {
  const [, name = ''] = /^--?([A-Za-z][\w.-]*)$/.exec(word) ?? []
  return isSecretName(name) || /^(?:u|user)$/.test(name)
}

function redactWord(word: string): string {
  const [, before = '', name = ''] = /^((?:--?|\/)?([A-Za-z_][\w.-]*)[=:])./s.exec(word) ?? []
  return isSecretName(name) ? before + REMOVED : redact(word)
}
