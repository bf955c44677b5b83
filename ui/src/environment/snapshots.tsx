import { useQuery } from '@tanstack/react-query'
import { api, CURRENT_SANDBOX } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { NameForm } from '../parts/name-form.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded, Time } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'

/** The snapshots of this sandbox: take one, and go back to one. */
export function SnapshotsPanel() {
  const snapshots = useQuery(queries.snapshots)
  const take = useChange((name: string) => api.takeSnapshot(CURRENT_SANDBOX, name))
  const restore = useChange((name: string) => api.restoreSnapshot(CURRENT_SANDBOX, name))
  return (
    <Panel title={worldText.snapshots.heading} lead={worldText.snapshots.lead}>
      <Loaded query={snapshots}>
        {(list) => (
          <ul className="list" aria-label={worldText.snapshots.heading}>
            {list.snapshots.map(({ name, taken, events }) => (
              <li key={name}>
                <div className="list-head">
                  <strong className="anywhere">{name}</strong>
                  <span className="quiet">
                    <Time value={taken} />
                  </span>
                  <span className="quiet">
                    {worldText.panels.events}: {events}
                  </span>
                  <Confirm
                    open={worldText.snapshots.restore}
                    opener={{ 'aria-label': worldText.snapshots.restoreOf(name), variant: 'tertiary' }}
                    question={worldText.snapshots.ask(name)}
                    yes={worldText.snapshots.yes}
                    act={() => restore.make(name)}
                  />
                </div>
              </li>
            ))}
            {list.snapshots.length === 0 && <li className="quiet">{worldText.snapshots.none}</li>}
          </ul>
        )}
      </Loaded>
      <NameForm label={worldText.snapshots.name} add={(name) => take.make(name)}>
        <Action variant="secondary" type="submit" off={take.pending}>
          {worldText.snapshots.take}
        </Action>
      </NameForm>
      <span role="status">{restore.done && worldText.snapshots.restored}</span>
      {take.refusal}
      {restore.refusal}
    </Panel>
  )
}
