import { Heading } from '@digdir/designsystemet-react'
import type { ReactNode } from 'react'

interface PanelProps {
  readonly title: string
  readonly lead: string
  readonly wide?: boolean
  readonly children: ReactNode
}

/** One part of a view, with a heading of its own. */
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
