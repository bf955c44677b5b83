import { Button, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { api, type ClockOrder, type ClockReading } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'

/** Freeze, advance and run the sandbox's clock. */
export function ClockPanel() {
  const clock = useQuery(queries.clock)
  return (
    <Panel title={text.world.clock} lead={text.world.clockLead}>
      <Loaded query={clock}>{(reading) => <Clock reading={reading} />}</Loaded>
    </Panel>
  )
}

function Clock({ reading: { now, mode, rate } }: { readonly reading: ClockReading }) {
  const set = useChange((order: ClockOrder) => api.setClock(order))
  const advance = useChange((by: string) => api.advanceClock(by))
  const date = new Date(now)
  return (
    <>
      <p className="clock-now">
        <time dateTime={now}>{date.toLocaleString(text.locale, { dateStyle: 'medium', timeStyle: 'medium' })}</time>
        <Tag data-color={mode === 'frozen' ? 'warning' : 'success'}>{text.world.clockModes[mode]}</Tag>
        {rate !== 1 && <Tag data-color="warning">{text.world.rate(rate)}</Tag>}
      </p>
      <div className="actions">
        {mode === 'frozen' ? (
          <Button data-size="sm" variant="secondary" onClick={() => set.make({ mode: 'running', rate: 1 })}>
            {worldText.panels.run}
          </Button>
        ) : (
          <Button data-size="sm" variant="secondary" onClick={() => set.make({ mode: 'frozen' })}>
            {worldText.panels.freeze}
          </Button>
        )}
        <Button data-size="sm" variant="secondary" onClick={() => set.make({ mode: 'running', rate: 60 })}>
          {worldText.panels.faster}
        </Button>
        <Button data-size="sm" variant="tertiary" onClick={() => set.make({ mode: 'machine' })}>
          {worldText.panels.machine}
        </Button>
      </div>
      <form
        className="clock-set"
        onSubmit={(event) => {
          event.preventDefault()
          const at = new Date(String(new FormData(event.currentTarget).get('at'))).toISOString()
          set.make(mode === 'frozen' ? { mode, at } : { mode, rate, at })
        }}
      >
        <label>
          {worldText.panels.setTo} <input className="field" type="datetime-local" name="at" step="1" required />
        </label>
        <Action variant="secondary" type="submit" off={set.pending}>
          {worldText.panels.set}
        </Action>
      </form>
      <fieldset className="chips">
        <legend className="quiet">{worldText.panels.advance}</legend>
        {Object.entries(worldText.panels.advances).map(([by, name]) => (
          <button key={by} type="button" onClick={() => advance.make(by)}>
            + {name}
          </button>
        ))}
      </fieldset>
      {set.refusal}
      {advance.refusal}
    </>
  )
}
