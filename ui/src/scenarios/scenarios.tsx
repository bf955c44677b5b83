import { Alert, Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { type Info, SERVED } from '../data/api.ts'
import { links, type ScenariosTab, type ScenariosView as View } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { Loaded } from '../parts/parts.tsx'
import { own } from './own-pack.ts'
import { OwnPackTab } from './own-pack-tab.tsx'
import { pageTarget } from './page-target.ts'
import { RequirementsTab } from './requirements-tab.tsx'
import { RunTab } from './run-tab.tsx'
import { createRuns } from './runs.ts'
import './scenarios.css'
import { SHIPPED } from './shipped.ts'
import type { Leaf } from './tree.ts'
import { words } from './words.ts'

/** The runs of the page: they continue while another view is shown. */
const runs = createRuns(SERVED ? sessionStorage : undefined)

const TABS: readonly ScenariosTab[] = ['run', 'requirements', 'own']

/** `#/scenarios`: packs to run against this simulator, what came of it, and the reports. */
export function ScenariosView({ view }: { readonly view: View }) {
  const info = useQuery(queries.info)
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {words.heading}
        </Heading>
        <p className="quiet">{words.lead}</p>
      </div>
      <nav className="part-tabs" aria-label={words.parts}>
        {TABS.map((tab) => (
          <a key={tab} href={links.scenarios({ ...view, tab })} aria-current={tab === view.tab ? 'page' : undefined}>
            {words.tabs[tab]}
          </a>
        ))}
      </nav>
      <Loaded query={info}>{(running) => <Here info={running} view={view} />}</Loaded>
    </>
  )
}

/** The page's policy lets it talk to its own origin only, and a proof is for one URL: that of the simulator's own name. */
function Here({ info, view }: { readonly info: Info; readonly view: View }) {
  const home = new URL(info.origins.control ?? window.location.href).origin
  if (home === window.location.origin) return <Parts info={info} view={view} />
  const there = `${home}/${window.location.search}${links.scenarios(view)}`
  return (
    <Alert data-color="warning">
      {words.elsewhere} <Link href={there}>{home}</Link>
    </Alert>
  )
}

function Parts({ info, view }: { readonly info: Info; readonly view: View }) {
  const state = useSyncExternalStore(runs.subscribe, runs.state)
  const { packs: mine } = useSyncExternalStore(own.subscribe, own.state)
  const packs = useMemo(
    () => [...SHIPPED.filter(({ pack }) => !mine.some((one) => one.pack.pack === pack.pack)), ...mine],
    [mine],
  )
  const start = (leaves: readonly Leaf[]) => {
    const names = new Set(leaves.map(({ name }) => name))
    // A run of many packs should come to its end on its own; in the demo no client reaches the simulator.
    const attended = SERVED && new Set(leaves.map(({ pack }) => pack)).size === 1
    const order = { packs: packs.map(({ pack }) => pack), names, target: pageTarget(info), seed: view.seed, attended }
    void runs.start(order)
  }
  switch (view.tab) {
    case 'run':
      return <RunTab view={view} packs={packs} state={state} start={start} stop={runs.stop} />
    case 'requirements':
      return <RequirementsTab view={view} packs={packs} state={state} />
    case 'own':
      return <OwnPackTab />
  }
}
