import { InvalidArgumentError } from 'commander'

/** Reads an option that is an organisation number; whether there is such a one is for HelseID to say. */
export function readOrgnr(value: string): string {
  if (/^\d{9}$/.test(value)) return value
  throw new InvalidArgumentError('It must be an organisation number of nine digits, such as 313231593.')
}
