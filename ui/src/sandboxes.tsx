import { Button, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api, SANDBOX, type SandboxInfo } from './api.ts'
import { Loaded } from './parts.tsx'
import { queries } from './queries.ts'
import { text } from './text.ts'
import { Panel, useChange } from './world.tsx'

/** The sandbox that always exists. */
const DEFAULT = 'default'

/** The sandboxes: show one, make one, remove one. */
export function SandboxesPanel() {
  const sandboxes = useQuery(queries.sandboxes)
  const create = useChange((name: string) => api.createSandbox(name))
  const remove = useChange((name: string) => api.removeSandbox(name))
  return (
    <Panel title={text.world.sandboxes} lead={text.world.sandboxesLead}>
      <Loaded query={sandboxes}>
        {(list) => (
          <ul className="list">
            {list.sandboxes.map((sandbox) => (
              <Sandbox key={sandbox.name} sandbox={sandbox} remove={() => remove.make(sandbox.name)} />
            ))}
          </ul>
        )}
      </Loaded>
      <NewSandbox create={create.make} />
      {create.refusal}
      {remove.refusal}
    </Panel>
  )
}

function Sandbox({
  sandbox: { name, events, exchanges, origins },
  remove,
}: {
  readonly sandbox: SandboxInfo
  readonly remove: () => void
}) {
  const here = name === (SANDBOX ?? DEFAULT)
  return (
    <li>
      <p className="list-head">
        <strong>{name}</strong>
        {here ? (
          <span className="quiet">{text.world.here}</span>
        ) : (
          <Link href={name === DEFAULT ? './#/' : `./?sandbox=${name}#/`} aria-label={`${text.world.show} ${name}`}>
            {text.world.show}
          </Link>
        )}
        <span className="quiet">
          {text.world.events}: {events}
        </span>
        <span className="quiet">
          {text.world.exchanges}: {exchanges}
        </span>
        {!here && name !== DEFAULT && (
          <Button
            data-size="sm"
            variant="tertiary"
            data-color="danger"
            aria-label={`${text.world.remove} ${name}`}
            onClick={remove}
          >
            {text.world.remove}
          </Button>
        )}
      </p>
      <code className="quiet anywhere">{origins['jft-write']}</code>
    </li>
  )
}

function NewSandbox({ create }: { readonly create: (name: string) => void }) {
  const id = useId()
  const [name, setName] = useState('')
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        create(name)
        setName('')
      }}
    >
      <label htmlFor={id}>{text.world.newName}</label>
      <input id={id} className="field" value={name} onChange={(event) => setName(event.target.value)} required />
      <Button data-size="sm" variant="secondary" type="submit">
        {text.world.create}
      </Button>
    </form>
  )
}
