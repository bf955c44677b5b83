import { Alert, Button, Heading } from '@digdir/designsystemet-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api } from './api.ts'
import { ClientsPanel } from './clients.tsx'
import { ClockPanel } from './clock.tsx'
import { FaultsPanel } from './faults.tsx'
import { RobotsPanel } from './robots.tsx'
import { RoutesPanel } from './routes.tsx'
import { SandboxesPanel } from './sandboxes.tsx'
import { text } from './text.ts'
import './world.css'

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
      <div className="world">
        <ClockPanel />
        <ResetPanel />
        <FaultsPanel />
        <RobotsPanel />
        <RoutesPanel />
        <SandboxesPanel />
        <ClientsPanel />
      </div>
    </>
  )
}

interface PanelProps {
  readonly title: string
  readonly lead: string
  readonly wide?: boolean
  readonly children: ReactNode
}

/** One part of the world. */
export function Panel({ title, lead, wide = false, children }: PanelProps) {
  return (
    <section className="panel" data-wide={wide} aria-label={title}>
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      <p className="quiet">{lead}</p>
      {children}
    </section>
  )
}

/** A change of the world; all that the page has read is read again after it. `refusal`: why it was not made. */
export function useChange<T = void>(change: (value: T) => Promise<unknown>) {
  const client = useQueryClient()
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries(),
  })
  const refusal = error && (
    <Alert data-color="danger">
      {text.world.refused}: {error.message}
    </Alert>
  )
  return { make: mutate, pending: isPending, done: isSuccess, refusal }
}

function ResetPanel() {
  const [asking, setAsking] = useState(false)
  const { make, pending, done, refusal } = useChange(api.reset)
  return (
    <Panel title={text.world.reset} lead={text.world.resetLead}>
      {asking ? (
        <div className="actions">
          <strong>{text.world.resetAsk}</strong>
          <Button
            data-size="sm"
            data-color="danger"
            onClick={() => {
              setAsking(false)
              make()
            }}
          >
            {text.world.resetYes}
          </Button>
          <Button data-size="sm" variant="tertiary" onClick={() => setAsking(false)}>
            {text.cancel}
          </Button>
        </div>
      ) : (
        <div className="actions">
          <Button
            data-size="sm"
            variant="secondary"
            data-color="danger"
            disabled={pending}
            onClick={() => setAsking(true)}
          >
            {text.world.reset}
          </Button>
          <span role="status">{done && text.world.resetDone}</span>
        </div>
      )}
      {refusal}
    </Panel>
  )
}
