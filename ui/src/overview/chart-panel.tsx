import { Heading } from '@digdir/designsystemet-react'
import type { ReactNode } from 'react'
import './charts.css'

interface ChartPanelProps {
  readonly id: string
  readonly title: string
  /** What the colours stand for, by kind. */
  readonly legend?: Readonly<Record<string, string>>
  readonly children: ReactNode
}

/** A chart below its title. */
export function ChartPanel({ id, title, legend, children }: ChartPanelProps) {
  const heading = (
    <Heading level={2} data-size="2xs" id={id}>
      {title}
    </Heading>
  )
  return (
    <section className="panel" aria-labelledby={id}>
      {legend === undefined ? heading : <WithLegend legend={legend}>{heading}</WithLegend>}
      {children}
    </section>
  )
}

function WithLegend({ legend, children }: Required<Pick<ChartPanelProps, 'legend' | 'children'>>) {
  return (
    <div className="spread">
      {children}
      <p className="quiet chart-legend">
        {Object.entries(legend).map(([kind, words]) => (
          <span key={kind} data-kind={kind}>
            {words}
          </span>
        ))}
      </p>
    </div>
  )
}
