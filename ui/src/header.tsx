import { Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { Info } from './api.ts'
import './header.css'
import { links, type View } from './links.ts'
import type { LiveState } from './live.ts'
import { queries } from './queries.ts'
import { text } from './text.ts'

interface HeaderProps {
  readonly view: View
  readonly live: LiveState
  readonly info: Info | undefined
}

/** What runs, whether the page is live, and the way to the views. */
export function Header({ view, live, info }: HeaderProps) {
  return (
    <header className="header">
      <div className="header-row">
        <a className="brand" href={links.overview}>
          <Mark />
          {text.title}
        </a>
        {info && <Running info={info} />}
        <span className="live" data-state={live} role="status">
          {text.live[live]}
        </span>
      </div>
      <Navigation view={view} />
    </header>
  )
}

function Running({ info }: { readonly info: Info }) {
  return (
    <span className="running">
      <Tag data-color="neutral">{info.environment}</Tag>
      <Tag data-color={info.auth === 'strict' ? 'neutral' : 'warning'}>auth {info.auth}</Tag>
      <span className="quiet">{info.version}</span>
    </span>
  )
}

function Navigation({ view }: { readonly view: View }) {
  const events = useQuery(queries.events)
  const refused = useQuery(queries.refused)
  const current = (...names: View['name'][]) => (names.includes(view.name) ? { 'aria-current': 'page' as const } : {})
  return (
    <nav className="tabs" aria-label={text.navigation}>
      <a href={links.overview} {...current('overview')}>
        {text.overview.tab}
      </a>
      <a href={links.events} {...current('events', 'event')}>
        {text.events.tab} <Count value={events.data?.usage.events} />
      </a>
      <a href={links.rejected} {...current('rejected')}>
        {text.rejected.tab} <Count value={refused.data?.length} danger />
      </a>
    </nav>
  )
}

function Count({ value, danger = false }: { readonly value: number | undefined; readonly danger?: boolean }) {
  if (value === undefined || value === 0) return null
  return (
    <span className="count" data-danger={danger}>
      {value}
    </span>
  )
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--ds-color-accent-base-default)" />
      <path className="mark-lines" d="M8 11h16M8 16h9M8 21h5m3 0 3 3 6-7" />
    </svg>
  )
}
