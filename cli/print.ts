import { maskText } from '../simulator/ground/text/mask/mask.ts'
import { printable } from '../simulator/ground/text/printable.ts'

/*
 * All that a command prints goes through here: identity numbers masked, and nothing that a terminal would obey.
 */

/** A text as a terminal may show it. */
export function shown(text: string): string {
  return printable(maskText(text))
}

/** Prints the output of a command. */
export function print(text: string): void {
  process.stdout.write(`${shown(text)}\n`)
}

/** Prints a part of the output, which has its own line ends. */
export function printPart(text: string): void {
  process.stdout.write(shown(text))
}

/** Prints what is said about it, to standard error. */
export function tell(text: string): void {
  process.stderr.write(`${shown(text)}\n`)
}

/** Asks, to standard error: the answer is typed on the same line. */
export function ask(text: string): void {
  process.stderr.write(shown(text))
}

/** Prints data for another program as they are: what was generated here, of synthetic persons. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A line of a terminal that is written again each time. */
export const statusLine = {
  write: (stream: NodeJS.WriteStream, text: string) => void stream.write(`\r\x1b[K${shown(text)}`),
  clear: (stream: NodeJS.WriteStream) => void stream.write('\r\x1b[K'),
}
