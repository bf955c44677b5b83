import { Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'
import { type Info, PAGE, SERVED } from '../data/api.ts'
import './header.css'
import { links, type View } from '../data/links.ts'
import type { LiveState } from '../data/live.ts'
import { useDropped } from '../data/older.ts'
import { queries } from '../data/queries.ts'
import { useUnread } from '../data/unread.ts'
import { setRevealed, useRevealed } from '../parts/reveal.ts'
import { switchLanguage, text } from '../text/text.ts'
import { useTitle } from './place.ts'
import { nextTheme, useTheme } from './theme.ts'
import { ClockChip, FailuresChip, SandboxSwitch } from './where.tsx'

interface HeaderProps {
  readonly view: View
  readonly live: LiveState
  readonly info: Info | undefined
  readonly help: () => void
}

/** What runs, whether the page is live, how it is drawn, and the way to the views. */
export function Header({ view, live, info, help }: HeaderProps) {
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
        <Settings help={help} />
      </div>
      <Navigation view={view} hasPit={info?.origins.pit !== undefined} />
    </header>
  )
}

function Running({ info }: { readonly info: Info }) {
  return (
    <span className="running">
      <Tag className={info.environment === 'test' ? 'usual' : ''} data-color="neutral">
        {text.world.environment(info.environment)}
      </Tag>
      <Tag
        className={info.auth === 'strict' ? 'usual' : ''}
        data-color={info.auth === 'strict' ? 'neutral' : 'warning'}
      >
        {text.world.tokens(info.auth)}
      </Tag>
      <SandboxSwitch />
      <ClockChip />
      <FailuresChip />
      <span className="quiet">{info.version}</span>
    </span>
  )
}

function Settings({ help }: { readonly help: () => void }) {
  const theme = useTheme()
  const revealed = useRevealed()
  return (
    <span className="settings">
      {SERVED && <a href="/docs/">{text.settings.docs}</a>}
      <button type="button" aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
        {revealed ? text.settings.hide : text.settings.reveal}
      </button>
      <button type="button" onClick={nextTheme}>
        {text.settings.themes[theme]}
      </button>
      <button type="button" lang={text.settings.otherLanguage} onClick={switchLanguage}>
        {text.settings.language}
      </button>
      <button
        type="button"
        className="help-button"
        aria-label={text.settings.help}
        title={text.settings.help}
        onClick={help}
      >
        ?
      </button>
    </span>
  )
}

/** `hasPit`: what runs has PIT, which production has not. */
function Navigation({ view, hasPit }: { readonly view: View; readonly hasPit: boolean }) {
  const events = useQuery(queries.events)
  const refused = useQuery(queries.refused)
  const isUnread = useUnread()
  useDropped()
  const unread = refused.data?.filter(isUnread).length ?? 0
  useTitle(unread, text.title)
  const isCutOff = (refused.data?.length ?? 0) >= PAGE
  const tabs = useCurrentInSight(view.name, events.data !== undefined, unread > 0, hasPit)
  const isCurrent = (name: View['name']) => name === view.name || name === LIST_OF[view.name]
  const tab = (name: View['name'], href: string, label: string, count?: CountProps) => (
    <a key={name} href={href} {...(isCurrent(name) ? CURRENT : {})}>
      {label} {count && <Count {...count} />}
    </a>
  )
  return (
    <nav className="tabs" ref={tabs} aria-label={text.navigation}>
      {tab('overview', links.overview, text.overview.tab)}
      {tab('events', links.events(), text.events.tab, { value: events.data?.usage.events })}
      {hasPit && tab('persons', links.persons(), text.persons.tab)}
      {tab('rejected', links.rejected(), text.rejected.tab, { value: unread, danger: true, more: isCutOff })}
      {tab('traffic', links.traffic(), text.traffic.tab)}
      {tab('validate', links.validate, text.validate.tab)}
      {tab('scenarios', links.scenarios(), text.scenarios.tab)}
      {tab('world', links.world, text.world.tab)}
      {tab('rules', links.rules(), text.rules.tab)}
    </nav>
  )
}

/** The list to which a view of one belongs. */
const LIST_OF: Readonly<Partial<Record<View['name'], View['name']>>> = {
  event: 'events',
  person: 'persons',
  compare: 'traffic',
}

const CURRENT = { 'aria-current': 'page' } as const

/** On a narrow screen the tabs scroll: the current one is brought into sight when it becomes that, and when others get a count. */
function useCurrentInSight(view: View['name'], ...counted: readonly boolean[]) {
  const tabs = useRef<HTMLElement>(null)
  const state = [view, ...counted].join()
  useLayoutEffect(() => {
    const tab = state === '' ? null : tabs.current?.querySelector<HTMLElement>('[aria-current]')
    // Not `scrollIntoView`: after it the first Tab would begin here.
    if (tabs.current && tab)
      tabs.current.scrollLeft =
        tab.offsetLeft - tabs.current.offsetLeft - (tabs.current.clientWidth - tab.offsetWidth) / 2
  }, [state])
  return tabs
}

interface CountProps {
  readonly value: number | undefined
  readonly danger?: boolean
  /** It is of the newest only. */
  readonly more?: boolean
}

function Count({ value, danger = false, more = false }: CountProps) {
  if (value === undefined || value === 0) return null
  return (
    <span className="count" data-danger={danger}>
      {value.toLocaleString(text.locale)}
      {more && '+'}
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
