import type { ElementInfo, TypeInfo } from './table.ts'

/** The mandatory elements of a type, in the order in which SDK 6 looks for them. */
export function mandatoryElements({ elements }: TypeInfo): readonly ElementInfo[] {
  return elements.filter(({ mandatory }) => mandatory)
}
