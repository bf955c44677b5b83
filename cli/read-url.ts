import { InvalidArgumentError } from 'commander'

/** Reads an option that is the URL of a simulator; without the slash at its end. */
export function readUrl(value: string): string {
  if (isWeb(value)) return value.replace(/\/$/, '')
  const meant = isWeb(`http://${value}`) ? ` Did you mean http://${value}?` : ''
  throw new InvalidArgumentError(`It must be an http or https URL.${meant}`)
}

function isWeb(value: string): boolean {
  return /^https?:\/\/[^/]/.test(value) && URL.canParse(value)
}
