import { Alert, SkipLink } from '@digdir/designsystemet-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type MouseEvent, useCallback, useRef } from 'react'
import './app.css'
import { CURRENT_SANDBOX, DEFAULT_SANDBOX } from '../data/api.ts'
import { links, useView, type View } from '../data/links.ts'
import { useLive } from '../data/live.ts'
import { queries } from '../data/queries.ts'
import { EventsView } from '../events/events.tsx'
import { OverviewView } from '../overview/overview.tsx'
import { Lazy } from '../parts/lazy.tsx'
import { loadScenarios } from '../scenarios/load.ts'
import { text } from '../text/text.ts'
import { FaultBanner } from './fault-banner.tsx'
import { Header } from './header.tsx'
import { Help } from './help.tsx'
import { useKeyboard } from './keyboard.ts'
import { PaletteDialog } from './palette-dialog.tsx'
import { useFocusKept, usePlace } from './place.ts'

/** The whole page: what runs, the views, and the view that the URL names. */
export function App() {
  const view = useView()
  const live = useLive(useQueryClient())
  const info = useQuery(queries.info)
  const main = usePlace(view)
  useFocusKept()
  const help = useRef<HTMLDialogElement>(null)
  const showHelp = useCallback(() => help.current?.showModal(), [])
  useKeyboard(showHelp)
  const skip = (click: MouseEvent) => {
    // The hash is the view, so the link must not change it.
    click.preventDefault()
    main.current?.focus()
  }
  return (
    <>
      <SkipLink href="#main" onClick={skip}>
        {text.skip}
      </SkipLink>
      <Header view={view} live={live} info={info.data} help={showHelp} />
      <main id="main" className="page" ref={main} tabIndex={-1}>
        {(live === 'lost' || live === 'refused' || live === 'failed') && (
          <Alert data-color="warning">{text.trouble[live]}</Alert>
        )}
        {live === 'gone' && <SandboxGone />}
        {info.data?.auth === 'relaxed' && <Alert data-color="warning">{text.relaxed}</Alert>}
        {live !== 'gone' && (
          <>
            <FaultBanner />
            <Current view={view} />
          </>
        )}
      </main>
      <Help dialog={help} />
      <PaletteDialog />
    </>
  )
}

function Current({ view }: { readonly view: View }) {
  switch (view.name) {
    case 'overview':
      return <OverviewView />
    case 'events':
      return <EventsView q={view.q} />
    case 'event':
      return (
        <Lazy name="event" load={() => import('../events/event.tsx')}>
          {({ EventView }) => <EventView type={view.type} id={view.id} />}
        </Lazy>
      )
    case 'persons':
      return (
        <Lazy name="persons" load={() => import('../persons/persons.tsx')}>
          {({ PersonsView }) => <PersonsView municipality={view.municipality} />}
        </Lazy>
      )
    case 'person':
      return (
        <Lazy name="person" load={() => import('../persons/person.tsx')}>
          {({ PersonView }) => <PersonView id={view.id} />}
        </Lazy>
      )
    case 'rejected':
      return (
        <Lazy name="rejected" load={() => import('../rejected/rejected.tsx')}>
          {({ RejectedView }) => <RejectedView selected={view.selected} cause={view.cause} q={view.q} />}
        </Lazy>
      )
    case 'traffic':
      return (
        <Lazy name="traffic" load={() => import('../traffic/traffic.tsx')}>
          {({ TrafficView }) => <TrafficView selected={view.selected} q={view.q} />}
        </Lazy>
      )
    case 'compare':
      return (
        <Lazy name="compare" load={() => import('../compare/compare.tsx')}>
          {({ CompareView }) => <CompareView first={view.first} second={view.second} />}
        </Lazy>
      )
    case 'scenarios':
      return (
        <Lazy name="scenarios" load={loadScenarios}>
          {({ ScenariosView }) => <ScenariosView view={view} />}
        </Lazy>
      )
    case 'validate':
      return (
        <Lazy name="validate" load={() => import('../validate/validate.tsx')}>
          {({ ValidateView }) => <ValidateView />}
        </Lazy>
      )
    case 'world':
      return (
        <Lazy name="world" load={() => import('../environment/environment.tsx')}>
          {({ WorldView }) => <WorldView />}
        </Lazy>
      )
    case 'rules':
      return (
        <Lazy name="rules" load={() => import('../rules/rules.tsx')}>
          {({ RulesView }) => <RulesView q={view.q} />}
        </Lazy>
      )
    case 'unknown':
      return <UnknownView />
  }
}

function SandboxGone() {
  return (
    <Alert data-color="danger">
      <h1 className="ds-heading" data-size="2xs">
        {text.sandboxGone(CURRENT_SANDBOX)}
      </h1>
      <p>
        {text.sandboxGoneLead}{' '}
        <a className="ds-link" href={links.sandbox(DEFAULT_SANDBOX)}>
          {text.toDefault}
        </a>
      </p>
    </Alert>
  )
}

function UnknownView() {
  return (
    <>
      <h1 className="ds-heading" data-size="sm">
        {text.unknown.heading}
      </h1>
      <p>
        <a className="ds-link" href={links.overview}>
          {text.unknown.back}
        </a>
      </p>
    </>
  )
}
