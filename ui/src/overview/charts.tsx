import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { EventSummary } from '../shell/api.ts'
import { queries } from '../shell/queries.ts'
import { text } from '../text/text.ts'
import { MINUTES, type Minute, minutesOf, waitsOf } from './chart-data.ts'
import { ChartPanel } from './chart-panel.tsx'
import { PagesChart } from './pages-chart.tsx'

/** How often the chart moves on, in milliseconds. */
const TICK = 5_000

/** Of how many of the newest events the waits are. */
const SAMPLED = 1_000

const NONE: readonly EventSummary[] = []

/**
 * Events and rejections over time, how long events wait for their acknowledgement, and how many pages searches take. Nothing
 * until there is something.
 */
export function Charts() {
  const { data: list } = useQuery(queries.events)
  const { data: refused = [] } = useQuery(queries.refused)
  const { data: paged } = useQuery({ ...queries.searches, refetchInterval: TICK })
  const { data: clock } = useQuery({ ...queries.clock, refetchInterval: TICK })
  const events = list?.events ?? NONE
  const waits = useMemo(() => waitsOf(events.slice(0, SAMPLED)), [events])
  const searches = paged?.searches ?? []
  if (events.length + refused.length + searches.length === 0 || !clock) return null
  const minutes = minutesOf(events, refused, Date.parse(clock.now))
  return (
    <div className="charts">
      <ChartPanel
        id="chart"
        title={text.chart.heading}
        legend={{ events: text.chart.events, refused: text.chart.refused }}
      >
        <Bars minutes={minutes} />
      </ChartPanel>
      <ChartPanel id="waits" title={text.chart.waiting}>
        <Waits {...waits} />
      </ChartPanel>
      {searches.length > 0 && <PagesChart searches={searches} />}
    </div>
  )
}

const HEIGHT = 96
const WIDTH = 12

function Bars({ minutes }: { readonly minutes: readonly Minute[] }) {
  const most = Math.max(1, ...minutes.map(({ events, refused }) => events + refused))
  const sum = (kind: 'events' | 'refused') => minutes.reduce((total, minute) => total + minute[kind], 0)
  const scale = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT))
  return (
    <figure className="bars">
      <svg
        viewBox={`0 0 ${MINUTES * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={text.chart.summary(sum('events'), sum('refused'))}
      >
        {minutes.map(({ start, events, refused }, index) => {
          const [up, down] = [scale(events), scale(refused)]
          return (
            <g key={start} transform={`translate(${index * WIDTH} 0)`}>
              <rect width={WIDTH} height={HEIGHT} fill="transparent">
                <title>{text.chart.perMinute(timeOf(start), events, refused)}</title>
              </rect>
              <rect className="bar-events" x={1} width={WIDTH - 3} y={HEIGHT - up} height={up} />
              <rect className="bar-refused" x={1} width={WIDTH - 3} y={Math.max(0, HEIGHT - up - down)} height={down} />
            </g>
          )
        })}
      </svg>
      <figcaption className="quiet">
        <span>{timeOf(minutes[0]?.start ?? 0)}</span>
        <span>{most}/min</span>
        <span>{timeOf(minutes.at(-1)?.start ?? 0)}</span>
      </figcaption>
    </figure>
  )
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString(text.locale, { hour: '2-digit', minute: '2-digit' })
}

function Waits({ seconds, open }: { readonly seconds: readonly number[]; readonly open: number }) {
  const median = seconds[Math.floor(seconds.length / 2)]
  const slowest = seconds.at(-1)
  return (
    <ul className="waits">
      {median === undefined || slowest === undefined ? (
        <li className="quiet">{text.chart.waitingNone}</li>
      ) : (
        <>
          <li>
            <strong>{text.chart.median(text.duration(median))}</strong>
          </li>
          <li>{text.chart.slowest(text.duration(slowest))}</li>
        </>
      )}
      {open > 0 && <li>{text.chart.open(open)}</li>}
    </ul>
  )
}
