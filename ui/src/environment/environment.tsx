import { Heading } from '@digdir/designsystemet-react'
import { api } from '../data/api.ts'
import { useChange } from '../parts/change.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { Panel } from '../parts/panel.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'
import { CasePanel } from './case-files.tsx'
import { ClientsPanel, TokenPanel } from './clients.tsx'
import { ClockPanel } from './clock.tsx'
import { FaultsPanel } from './faults.tsx'
import { RobotsPanel } from './robots.tsx'
import { RoutesPanel } from './routes.tsx'
import { SandboxesPanel } from './sandboxes.tsx'
import { SnapshotsPanel } from './snapshots.tsx'
import './environment.css'

/** `#/world`: who calls, how events travel, and what time it is. */
export function WorldView() {
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.world.heading}
        </Heading>
        <p className="quiet">{text.world.lead}</p>
      </div>
      <nav className="world-parts" aria-label={text.world.parts}>
        {PARTS.map((part) => (
          <button
            key={part}
            type="button"
            className="ds-button"
            data-variant="tertiary"
            data-size="sm"
            onClick={() => showPart(part)}
          >
            {part}
          </button>
        ))}
      </nav>
      <div className="world">
        <ClockPanel />
        <ResetPanel />
        <SnapshotsPanel />
        <SandboxesPanel />
        <CasePanel />
        <FaultsPanel />
        <RobotsPanel />
        <RoutesPanel />
        <TokenPanel />
        <ClientsPanel />
      </div>
    </>
  )
}

/** The parts that one looks for. */
const PARTS = [
  text.world.clock,
  worldText.snapshots.heading,
  text.world.sandboxes,
  worldText.caseFile.heading,
  text.world.faults,
  text.world.robots,
  text.world.routes,
  text.world.token,
  text.world.clients,
]

function showPart(title: string): void {
  const panel = [...document.querySelectorAll<HTMLElement>('.world > .panel')].find((one) => one.ariaLabel === title)
  if (panel === undefined) return
  panel.scrollIntoView({ block: 'start' })
  panel.tabIndex = -1
  panel.focus({ preventScroll: true })
}

function ResetPanel() {
  const { make, done, refusal } = useChange(api.reset)
  return (
    <Panel title={text.world.reset} lead={text.world.resetLead}>
      <div className="actions">
        <Confirm open={text.world.reset} question={text.world.resetAsk} yes={text.world.resetYes} act={() => make()} />
        <span role="status">{done && text.world.resetDone}</span>
      </div>
      {refusal}
    </Panel>
  )
}
