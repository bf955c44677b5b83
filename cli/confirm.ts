import { createInterface } from 'node:readline'
import { ask } from './print.ts'

/** Asks whether to continue. No answer is a no. */
export async function confirmed(question: string): Promise<boolean> {
  ask(`${question} [y/N] `)
  const lines = createInterface({ input: process.stdin })
  try {
    for await (const answer of lines) return /^y(es)?$/i.test(answer.trim())
    return false
  } finally {
    lines.close()
  }
}
