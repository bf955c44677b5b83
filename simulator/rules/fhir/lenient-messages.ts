import type { Cell } from './lenient-cell.ts'

/*
 * The words of the Firely .NET SDK's parser from before System.Text.Json, where they are not an others' (`lenient-classes.ts` has
 * those of .NET itself). "(at …)" is the place as its reader of JSON names it, or as its reader of types does.
 */

const CHECK = 'Type checking the data:'
const BUILD = 'While building a POCO:'

/** What the root is called when the caller asks for any resource. */
export const ANY_RESOURCE = 'Resource'

export const MESSAGES = {
  noRootType: (name: string | undefined): string =>
    name === undefined
      ? `type (at Cannot determine the type of the root element at '${ANY_RESOURCE}', please supply a type argument.)`
      : `type (at Cannot locate type information for type '${name}')`,
  abstractRoot: (name: string): string =>
    `The type of a node must be a concrete type, '${name}' is abstract. (Parameter 'elementType')`,
  emptyName: 'Index was outside the bounds of the array.',
  noValue: "Value cannot be null. (Parameter 'value')",
  second: (name: string, { place }: Cell): string =>
    `${BUILD} Element '${name}' must not repeat (at ${place.typedLocation})`,
  noResource: ({ name, place }: Cell): string =>
    `${CHECK} Element '${name}' should contain a resource, but does not actually contain one (at ${place.location})`,
  resource: (found: string, { name, place }: Cell): string =>
    `${CHECK} Element '${name}' is not a contained resource, but seems to contain a resource of type '${found}'. (at ${place.location})`,
  unknownType: (name: string, { place }: Cell): string =>
    `${BUILD} Asked to deserialize unknown type '${name}' (at ${place.typedLocation})`,
  noPrimitive: (typeName: string, { place }: Cell): string =>
    `${CHECK} Since type ${typeName} is not a primitive, it cannot have a value (at ${place.location})`,
  literal: (text: string, typeName: string, { place }: Cell): string =>
    `${CHECK} Literal '${text}' cannot be parsed as a ${typeName}. (at ${place.location})`,
  code: (text: string, enumeration: string, { place }: Cell): string =>
    `${BUILD} Literal '${text}' is not a valid value for enumeration '${enumeration}' (at ${place.typedLocation})`,
} as const
