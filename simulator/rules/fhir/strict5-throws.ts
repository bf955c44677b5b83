import { LibraryThrows } from './strict-findings.ts'
import { enumTypeName } from './strict5-literals.ts'

/** The value of a code with a required binding is an enumeration, which the library finds no class for. */
export const noMapping = (valueSet: string): LibraryThrows =>
  new LibraryThrows(
    'InvalidOperationException',
    `Encountered property type ${enumTypeName(valueSet)} for which no mapping was found in the model assemblies.`,
  )

/** A resource type as the type of a choice: the library makes a resource of it, and no datatype. */
export const castFails = (typeName: string): LibraryThrows =>
  new LibraryThrows(
    'InvalidCastException',
    `Unable to cast object of type 'Hl7.Fhir.Model.${typeName}' to type 'Hl7.Fhir.Model.DataType'.`,
  )
