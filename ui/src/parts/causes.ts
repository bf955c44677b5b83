import { withoutIndexes } from '../../../simulator/surfaces/control/searchable.ts'

export { causeOf } from '../../../simulator/surfaces/control/searchable.ts'

/** The element that a place ends with: `author` of `Composition.author[0]`. */
export function elementOf(place: string): string {
  return withoutIndexes(place).split('.').at(-1) ?? place
}
