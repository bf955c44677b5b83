import { Alert, Button, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { api, type FaultInfo } from './api.ts'
import { links } from './links.ts'
import { Loaded, Time } from './parts.tsx'
import { queries } from './queries.ts'
import { text } from './text.ts'
import { Panel, useChange } from './world.tsx'

/** Says on every view that a service misbehaves on purpose, for as long as one does. */
export function FaultBanner() {
  const { data } = useQuery(queries.faults)
  const { make, refusal } = useChange(api.removeFaults)
  const active = activeOf(data?.faults)
  const last = active
    .map(({ expires }) => expires)
    .sort()
    .at(-1)
  if (last === undefined) return null
  return (
    <Alert data-color="warning">
      <div className="actions">
        <strong>{text.world.faultCount(active.length)}</strong>
        <span className="anywhere">{active.map(nameOf).join(', ')}</span>
        <span>
          {text.world.faultUntil('')} <Time value={last} />
        </span>
        <Link href={links.world}>{text.world.toFaults}</Link>
        <Button data-size="sm" variant="secondary" onClick={() => make()}>
          {text.world.removeFaults}
        </Button>
      </div>
      {refusal}
    </Alert>
  )
}

/** Add faults from presets, and take them away. */
export function FaultsPanel() {
  const faults = useQuery(queries.faults)
  const presets = useQuery(queries.faultPresets)
  const add = useChange((preset: string) => api.addFault(preset))
  const remove = useChange((id: string) => api.removeFault(id))
  return (
    <Panel title={text.world.faults} lead={text.world.faultsLead} wide>
      <Loaded query={faults}>
        {(list) => (
          <ul className="list">
            {activeOf(list.faults).map((fault) => (
              <Active key={fault.id} fault={fault} remove={() => remove.make(fault.id)} />
            ))}
            {activeOf(list.faults).length === 0 && <li className="quiet">{text.world.noFaults}</li>}
          </ul>
        )}
      </Loaded>
      <Loaded query={presets}>
        {(list) => (
          <ul className="presets" aria-label={text.world.addFault}>
            {list.presets.map(({ name, sentence }) => (
              <li key={name}>
                <Button data-size="sm" variant="secondary" disabled={add.pending} onClick={() => add.make(name)}>
                  {name}
                </Button>
                <span className="quiet">{sentence}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {add.refusal}
      {remove.refusal}
    </Panel>
  )
}

function Active({ fault, remove }: { readonly fault: FaultInfo; readonly remove: () => void }) {
  return (
    <li>
      <p className="list-head">
        <strong>{nameOf(fault)}</strong>
        <span className="quiet">{text.world.fired(fault.fired)}</span>
        <span className="quiet">
          {text.world.faultUntil('')} <Time value={fault.expires} />
        </span>
        <Button
          data-size="sm"
          variant="tertiary"
          data-color="danger"
          aria-label={text.world.removeFault(nameOf(fault))}
          onClick={remove}
        >
          {text.world.remove}
        </Button>
      </p>
    </li>
  )
}

function nameOf({ preset, summary }: FaultInfo): string {
  return preset ?? summary
}

function activeOf(faults: readonly FaultInfo[] = []): readonly FaultInfo[] {
  return faults.filter(({ state }) => state === 'active')
}
