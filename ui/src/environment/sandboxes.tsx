import { Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { api, CURRENT_SANDBOX, DEFAULT_SANDBOX, isOfRun, type SandboxInfo } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { NameForm } from '../parts/name-form.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'

/** The sandboxes: show one, make one, fork one, remove one. */
export function SandboxesPanel() {
  const sandboxes = useQuery(queries.sandboxes)
  const remove = useChange((names: readonly string[]) => Promise.all(names.map(api.removeSandbox)))
  const entry = (sandbox: SandboxInfo) => (
    <Sandbox key={sandbox.name} sandbox={sandbox} remove={() => remove.make([sandbox.name])} />
  )
  return (
    <Panel title={worldText.panels.sandboxes} lead={worldText.panels.sandboxesLead}>
      <Loaded query={sandboxes}>
        {({ sandboxes }) => {
          const ofRuns = sandboxes.filter(({ name }) => isOfRun(name))
          const others = sandboxes.filter(({ name }) => !isOfRun(name))
          return (
            <>
              <ul className="list">{others.map(entry)}</ul>
              {ofRuns.length > 0 && (
                <OfRuns
                  count={ofRuns.length}
                  remove={() => remove.make(ofRuns.map(({ name }) => name).filter((name) => name !== CURRENT_SANDBOX))}
                >
                  {ofRuns.map(entry)}
                </OfRuns>
              )}
              <NewSandbox names={others.map(({ name }) => name)} />
            </>
          )
        }}
      </Loaded>
      {remove.refusal}
    </Panel>
  )
}

interface OfRunsProps {
  readonly count: number
  readonly remove: () => void
  readonly children: ReactNode
}

/** What scenarios that failed have left to look at: folded, and removed at once. */
function OfRuns({ count, remove, children }: OfRunsProps) {
  return (
    <details>
      <summary>{text.world.ofRuns(count)}</summary>
      <Confirm
        open={worldText.panels.removeRuns}
        opener={{ variant: 'tertiary' }}
        question={worldText.panels.removeRunsAsk}
        yes={worldText.panels.removeYes}
        act={remove}
      />
      <ul className="list">{children}</ul>
    </details>
  )
}

interface SandboxProps {
  readonly sandbox: SandboxInfo
  readonly remove: () => void
}

function Sandbox({ sandbox: { name, events, exchanges, origins }, remove }: SandboxProps) {
  const here = name === CURRENT_SANDBOX
  return (
    <li>
      <div className="list-head">
        <strong>{name}</strong>
        {here ? (
          <span className="quiet">{worldText.panels.here}</span>
        ) : (
          <Link href={links.sandbox(name)} aria-label={`${worldText.panels.show} ${name}`}>
            {worldText.panels.show}
          </Link>
        )}
        <span className="quiet">
          {worldText.panels.events}: {events}
        </span>
        <span className="quiet">
          {worldText.panels.exchanges}: {exchanges}
        </span>
        {!here && name !== DEFAULT_SANDBOX && (
          <Confirm
            open={worldText.panels.remove}
            opener={{ 'aria-label': `${worldText.panels.remove} ${name}`, variant: 'tertiary' }}
            question={worldText.panels.removeAsk(name)}
            yes={worldText.panels.removeYes}
            act={remove}
          />
        )}
      </div>
      <code className="quiet anywhere">{origins['jft-write']}</code>
    </li>
  )
}

/** A sandbox that begins empty, or as a fork of another. */
function NewSandbox({ names }: { readonly names: readonly string[] }) {
  const id = useId()
  const [origin, setOrigin] = useState('')
  const { make, pending, refusal } = useChange((name: string) =>
    origin === '' ? api.createSandbox(name) : api.forkSandbox(origin, name),
  )
  return (
    <>
      <NameForm label={worldText.panels.newName} add={(name) => make(name)}>
        <span className="nowrap">
          <label htmlFor={id}>{worldText.panels.origin}</label>{' '}
          <select id={id} className="field" value={origin} onChange={({ target }) => setOrigin(target.value)}>
            <option value="">{worldText.panels.originNone}</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {worldText.panels.forkOf(name)}
              </option>
            ))}
          </select>
        </span>
        <Action variant="secondary" type="submit" off={pending}>
          {worldText.panels.create}
        </Action>
      </NameForm>
      {refusal}
    </>
  )
}
