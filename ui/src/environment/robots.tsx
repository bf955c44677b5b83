import { Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { api, type RobotEntry } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { wordOf } from '../text/word-of.ts'

/** Start and stop the robots, and say how they are to work. */
export function RobotsPanel() {
  const robots = useQuery(queries.robots)
  return (
    <Panel title={worldText.panels.robots} lead={worldText.robots.lead} wide>
      <Loaded query={robots}>
        {(list) => (
          <div className="robots">
            {list.robots.map((robot) => (
              <Robot key={robot.name} robot={robot} />
            ))}
          </div>
        )}
      </Loaded>
    </Panel>
  )
}

/** What a setting can be, where it is one of a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  mode: ['prompt', 'slow', 'twice', 'late', 'never'],
  via: ['jft', 'vkp'],
}

function Robot({ robot: { name, settings, activity } }: { readonly robot: RobotEntry }) {
  const { make, pending, refusal } = useChange((changed: RobotEntry['settings']) => api.setRobot(name, changed))
  const title = wordOf(worldText.robots.names, name)
  const on = settings.on === true
  const simple = Object.entries(settings).filter(([, value]) => ['string', 'number'].includes(typeof value))
  /** Starts it, or makes one that runs begin again with other settings. */
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const changed = simple.map(([key, value]) => {
      const given = String(form.get(key) ?? value)
      return [key, typeof value === 'number' ? Number(given) : given]
    })
    make({ ...settings, ...Object.fromEntries(changed), on: true })
  }
  return (
    <form className="robot" onSubmit={submit} aria-label={title}>
      <p>
        <strong>{title}</strong>{' '}
        <Tag data-color={on ? 'success' : 'neutral'}>{on ? worldText.robots.on : worldText.robots.off}</Tag>
        <br />
        <span className="quiet">{wordOf(worldText.robots.notes, name)}</span>
      </p>
      <div className="robot-settings">
        {simple.map(([key, value]) => (
          <Setting key={`${key} ${value}`} name={key} value={value} />
        ))}
      </div>
      <p className="quiet robot-activity">
        {Object.entries(activity)
          .filter(([, value]) => value !== null)
          .map(([key, value]) => (
            <span key={key} className="anywhere">
              {wordOf(worldText.robots.activity, key)}: {value}
            </span>
          ))}
      </p>
      <div className="actions">
        <Action
          type="submit"
          variant={on ? 'secondary' : 'primary'}
          off={pending}
          aria-label={on ? worldText.robots.changeRobot(title) : worldText.robots.startRobot(title)}
        >
          {on ? worldText.robots.change : worldText.robots.start}
        </Action>
        {on && (
          <Action
            variant="secondary"
            off={pending}
            aria-label={worldText.robots.stopRobot(title)}
            onClick={() => make({ ...settings, on: false })}
          >
            {worldText.robots.stop}
          </Action>
        )}
      </div>
      {refusal}
    </form>
  )
}

interface SettingProps {
  readonly name: string
  readonly value: unknown
}

function Setting({ name, value }: SettingProps) {
  const id = useId()
  const choices = CHOICES[name]
  return (
    <div>
      <label htmlFor={id}>{wordOf(worldText.robots.settings, name)}</label>
      {choices ? (
        <select id={id} name={name} defaultValue={String(value)} className="field">
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          name={name}
          defaultValue={String(value)}
          inputMode="numeric"
          pattern="[0-9.]+"
          className="field"
        />
      )}
    </div>
  )
}
