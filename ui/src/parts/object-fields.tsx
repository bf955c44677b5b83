import type { ValueSchema } from '../data/api.ts'
import { worldText } from '../text/environment-text.ts'
import { wordOf } from '../text/word-of.ts'
import { Field } from './field.tsx'
import { initialOf, nameOfVariant, type SchemaMembers, variantOf } from './schema-values.ts'
import { ValueField } from './value-field.tsx'

interface ObjectFieldsProps {
  readonly schema: ValueSchema
  readonly value: SchemaMembers
  readonly change: (value: SchemaMembers) => void
}

/** The controls for the properties of an object; those that can have one value only have none. */
export function ObjectFields({ schema: { properties = {}, required = [] }, value, change }: ObjectFieldsProps) {
  const fields = Object.entries(properties).filter(([, property]) => property.const === undefined)
  return fields.map(([name, property]) => (
    <Property
      key={name}
      name={name}
      schema={property}
      value={value[name]}
      optional={!required.includes(name)}
      change={(changed) => change({ ...value, [name]: changed })}
    />
  ))
}

interface PropertyProps {
  readonly name: string
  readonly schema: ValueSchema
  readonly value: unknown
  readonly change: (value: unknown) => void
  readonly optional: boolean
}

function Property({ name, schema, value, change, optional }: PropertyProps) {
  const label = wordOf(worldText.fault.members, name)
  if (schema.anyOf)
    return <Variants label={label} variants={schema.anyOf} value={value} change={change} optional={optional} />
  return (
    <Field label={label}>
      {({ id }) => <ValueField id={id} schema={schema} value={value} change={change} optional={optional} />}
    </Field>
  )
}

interface VariantsProps {
  readonly label: string
  readonly variants: readonly ValueSchema[]
  readonly value: unknown
  readonly change: (value: unknown) => void
  readonly optional: boolean
}

/** A value of one of several kinds: first which, then its own controls. */
function Variants({ label, variants, value, change, optional }: VariantsProps) {
  const chosen = variantOf(variants, value)
  return (
    <>
      <Field label={worldText.fault.variantOf(label)}>
        {(control) => (
          <select
            {...control}
            className="field"
            value={variants.indexOf(chosen)}
            onChange={({ target }) => change(initialOf(variants[Number(target.value)] ?? chosen))}
          >
            {variants.map((variant, index) => (
              <option key={nameOfVariant(variant)} value={index}>
                {wordOf(worldText.fault.variants, nameOfVariant(variant))}
              </option>
            ))}
          </select>
        )}
      </Field>
      <OfVariant label={label} schema={chosen} value={value} change={change} optional={optional} />
    </>
  )
}

interface OfVariantProps {
  readonly label: string
  readonly schema: ValueSchema
  readonly value: unknown
  readonly change: (value: unknown) => void
  readonly optional: boolean
}

/** The controls of one kind; what can be one value only has none. */
function OfVariant({ label, schema, value, change, optional }: OfVariantProps) {
  if (schema.const !== undefined) return null
  if (schema.properties) return <ObjectFields schema={schema} value={value as SchemaMembers} change={change} />
  return (
    <Field label={label}>
      {({ id }) => <ValueField id={id} schema={schema} value={value} change={change} optional={optional} />}
    </Field>
  )
}
