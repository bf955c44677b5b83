import { type ReactNode, useId } from 'react'
import './field.css'

interface FieldProps {
  readonly label: string
  /** What is good to know, below the control. */
  readonly hint?: string | undefined
  /** The control; it takes these attributes. */
  readonly children: (control: { readonly id: string; readonly 'aria-describedby'?: string }) => ReactNode
}

/** A control of a form with its label. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children(hint === undefined ? { id } : { id, 'aria-describedby': hintId })}
      {hint !== undefined && (
        <p id={hintId} className="quiet">
          {hint}
        </p>
      )}
    </div>
  )
}

interface ControlProps {
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  readonly hint?: string | undefined
}

/** A choice of a few words; `none`: what no choice is called. */
export function SelectField({
  label,
  value,
  change,
  hint,
  none,
  children,
}: ControlProps & { readonly none?: string; readonly children: readonly string[] }) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select {...control} className="field" value={value} onChange={({ target }) => change(target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {children.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface TextFieldProps extends ControlProps {
  readonly pattern?: string | undefined
  readonly required?: boolean
}

/** A line of text. */
export function TextField({ label, value, change, hint, pattern, required = false }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          className="field"
          value={value}
          onChange={({ target }) => change(target.value)}
          pattern={pattern}
          required={required}
          spellCheck={false}
        />
      )}
    </Field>
  )
}
