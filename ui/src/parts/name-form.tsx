import { type ReactNode, useId, useState } from 'react'

interface NameFormProps {
  readonly label: string
  readonly add: (name: string) => void
  readonly pattern?: string
  /** Further controls, and the button that submits. */
  readonly children: ReactNode
}

/** A line in which one types a name and adds what it stands for. */
export function NameForm({ label, add, pattern, children }: NameFormProps) {
  const id = useId()
  const [name, setName] = useState('')
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        add(name)
        setName('')
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        value={name}
        onChange={(event) => setName(event.target.value)}
        pattern={pattern}
        required
        spellCheck={false}
        autoComplete="off"
      />
      {children}
    </form>
  )
}
