import type { OptionFault } from '../../ground/settings/options.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'

/** What a sandbox refuses, as a `Rejection` 400. */
export function orRefuse<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { faults } = error as { faults?: readonly OptionFault[] }
    if (!faults) throw error
    const issues = faults.map(({ option, message }) => issueOf('http-body', `${option}: ${message}`))
    throw new Rejection(400, issues)
  }
}
