import { Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { activeFaults, faultName } from '../data/active-faults.ts'
import { CURRENT_SANDBOX, isOfRun, SERVED } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { text } from '../text/text.ts'

/** Milliseconds after which the time in the header is read again. */
const TICK = 5_000

/** Which sandbox the page shows; another one is another page. */
export function SandboxSwitch() {
  const { data } = useQuery({ ...queries.sandboxes, refetchInterval: false, enabled: SERVED })
  if (!SERVED) return null
  const others = (data?.sandboxes ?? []).map(({ name }) => name).filter((name) => !isOfRun(name))
  const names = [...new Set([CURRENT_SANDBOX, ...others])]
  return (
    <select
      className="sandbox-switch"
      aria-label={text.world.sandbox}
      value={CURRENT_SANDBOX}
      onChange={(event) => window.location.assign(links.sandbox(event.target.value))}
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

const CALENDAR = new Intl.DateTimeFormat(text.locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})

/** The sandbox's time: its date, its zone, and whether it stands. Leads to where it is set. */
export function ClockChip() {
  const clock = useQuery({ ...queries.clock, refetchInterval: TICK }).data
  if (!clock) return null
  const { mode, rate, now } = clock
  const usual = mode === 'running' && rate === 1
  return (
    <a className="clock-chip" href={links.world} title={text.world.clock}>
      <time dateTime={now}>{CALENDAR.format(new Date(now))}</time>
      {!usual && (
        <Tag data-color="warning">{mode === 'frozen' ? text.world.clockModes.frozen : text.world.rate(rate)}</Tag>
      )}
      <span className="ds-sr-only">{text.world.clockModes[mode]}</span>
    </a>
  )
}

/** Which failures are simulated now: the first, and how many more. Leads to where they are removed. */
export function FailuresChip() {
  const [first, ...rest] = activeFaults(useQuery(queries.faults).data?.faults).map(faultName)
  if (first === undefined) return null
  return (
    <a className="clock-chip failures-chip" href={links.world} title={[first, ...rest].join(', ')}>
      <span className="ds-sr-only">{text.world.faults}:</span>
      <Tag data-color="warning">
        {first}
        {rest.length > 0 && ` +${rest.length}`}
      </Tag>
    </a>
  )
}
