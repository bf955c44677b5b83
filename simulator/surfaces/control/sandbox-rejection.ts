import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { OptionFault } from '../../state/options.ts'

/** What a sandbox refuses, as a `Rejection` 400. */
export async function rejectSandboxError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { faults } = error as { faults?: readonly OptionFault[] }
    if (!faults) throw error
    const issues = faults.map(({ option, message }) => issueOf('http-body', `${option}: ${message}`))
    throw new Rejection(400, issues)
  }
}
