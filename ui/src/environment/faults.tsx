import { Button } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { activeFaults, faultName } from '../data/active-faults.ts'
import { api, type FaultInfo } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Lazy } from '../parts/lazy.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded, Time } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'

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
            {activeFaults(list.faults).map((fault) => (
              <Active key={fault.id} fault={fault} remove={() => remove.make(fault.id)} />
            ))}
            {activeFaults(list.faults).length === 0 && <li className="quiet">{worldText.panels.noFaults}</li>}
          </ul>
        )}
      </Loaded>
      <Loaded query={presets}>
        {(list) => (
          <ul className="presets" aria-label={worldText.panels.addFault}>
            {list.presets.map(({ name, sentence }) => (
              <li key={name}>
                <Action variant="secondary" off={add.pending} onClick={() => add.make(name)}>
                  {name}
                </Action>
                <span className="quiet">{worldText.presets[name] ?? sentence}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div>
        <Dialog open={worldText.fault.open} title={worldText.fault.heading}>
          <Lazy name="fault-form" load={() => import('./fault-form.tsx')}>
            {({ FaultForm }) => <FaultForm />}
          </Lazy>
        </Dialog>
      </div>
      {add.refusal}
      {remove.refusal}
    </Panel>
  )
}

function Active({ fault, remove }: { readonly fault: FaultInfo; readonly remove: () => void }) {
  return (
    <li>
      <p className="list-head">
        <strong>{faultName(fault)}</strong>
        <span className="quiet">{worldText.panels.fired(fault.fired)}</span>
        <span className="quiet">
          {text.world.faultUntil('')} <Time value={fault.expires} />
        </span>
        <Button
          data-size="sm"
          variant="tertiary"
          data-color="danger"
          aria-label={worldText.panels.removeFault(faultName(fault))}
          onClick={remove}
        >
          {worldText.panels.remove}
        </Button>
      </p>
    </li>
  )
}
