import type { ChangeEvent } from 'react'
import type { ValueSchema } from '../data/api.ts'

interface ValueFieldProps {
  readonly id: string
  readonly schema: ValueSchema
  readonly value: unknown
  readonly change: (value: unknown) => void
  /** An empty field is a value too: none. */
  readonly optional?: boolean
}

/** The control that fits a schema: a choice, a flag, a number, a list with one in each line, or a text. */
export function ValueField({ id, schema, value, change, optional = false }: ValueFieldProps) {
  const common = { id, className: 'field', required: !optional }
  const written = ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => target.value
  if (schema.enum) return <Choice id={id} choices={schema.enum} value={value} change={change} optional={optional} />
  switch (schema.type) {
    case 'boolean':
      return <input id={id} type="checkbox" checked={value === true} onChange={() => change(value !== true)} />
    case 'integer':
    case 'number':
      return (
        <input
          {...common}
          {...limitsOf(schema)}
          type="number"
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => change(written(event) === '' ? '' : Number(written(event)))}
        />
      )
    case 'array':
      return (
        <textarea
          {...common}
          rows={2}
          spellCheck={false}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) => change(written(event).split('\n'))}
        />
      )
    default:
      return (
        <input
          {...common}
          spellCheck={false}
          value={String(value ?? '')}
          onChange={(event) => change(written(event))}
        />
      )
  }
}

interface ChoiceProps {
  readonly id: string
  readonly choices: readonly unknown[]
  readonly value: unknown
  readonly change: (value: unknown) => void
  readonly optional: boolean
}

function Choice({ id, choices, value, change, optional }: ChoiceProps) {
  return (
    <select
      id={id}
      className="field"
      value={String(value ?? '')}
      onChange={({ target }) => change(choices.find((choice) => String(choice) === target.value))}
    >
      {optional && <option value="">–</option>}
      {choices.map((choice) => (
        <option key={String(choice)}>{String(choice)}</option>
      ))}
    </select>
  )
}

/** A limit that is only where numbers end says nothing. */
function limitsOf({ type, minimum, maximum = Number.MAX_SAFE_INTEGER }: ValueSchema) {
  return {
    step: type === 'integer' ? 1 : 'any',
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum >= Number.MAX_SAFE_INTEGER ? {} : { max: maximum }),
  }
}
