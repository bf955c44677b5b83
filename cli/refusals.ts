import type { Refusal } from '../simulator/index.ts'
import { print } from './print.ts'

/** Bytes that may wait for whoever reads the output: a program that reads nothing must not make it grow. */
const WAITING = 256 * 1024

/** Characters of a message. */
const MESSAGE = 600

/** Prints a line for each refusal, and how many lines were left out while nobody read them. */
export function refusalPrinter(
  waiting: () => number = () => process.stdout.writableLength,
): (refusal: Refusal) => void {
  let leftOut = 0
  return (refusal) => {
    if (waiting() > WAITING) {
      leftOut += 1
      return
    }
    if (leftOut > 0) print(`refused: ${leftOut} more, while nobody read this output`)
    leftOut = 0
    print(refusalLine(refusal))
  }
}

/** `refused: helseid 400 Bruno-Local assertion-expired: The client assertion … http://localhost:7357/#/exchanges/x3` */
export function refusalLine({ surface, status, client, rule, message, more, link }: Refusal): string {
  const text = message.replace(/\s+/g, ' ')
  const said = text.length > MESSAGE ? `${text.slice(0, MESSAGE)}…` : text
  const parts = [
    surface ?? 'no surface',
    String(status),
    client ?? '(no client)',
    `${rule}: ${said}`,
    ...(more === 0 ? [] : [`(and ${more} more)`]),
    ...(link === undefined ? [] : [link]),
  ]
  return `refused: ${parts.join(' ')}`
}
