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
          {worldText.panels.heading}
        </Heading>
        <p className="quiet">{worldText.panels.lead}</p>
      </div>
      <nav className="world-parts" aria-label={worldText.panels.parts}>
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
  worldText.panels.sandboxes,
  worldText.caseFile.heading,
  text.world.faults,
  worldText.panels.robots,
  worldText.panels.routes,
  worldText.panels.token,
  worldText.panels.clients,
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
    <Panel title={worldText.panels.reset} lead={text.world.resetLead}>
      <div className="actions">
        <Confirm
          open={worldText.panels.reset}
          question={worldText.panels.resetAsk}
          yes={worldText.panels.resetYes}
          act={() => make()}
        />
        <span role="status">{done && worldText.panels.resetDone}</span>
      </div>
      {refusal}
    </Panel>
  )
}
