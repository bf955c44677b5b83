import { useQuery } from '@tanstack/react-query'
import type { Figures } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { text } from '../text/text.ts'
import { ChartPanel } from './chart-panel.tsx'
import { PagesChart } from './pages-chart.tsx'

/** How often the chart moves on, in milliseconds. */
const TICK = 5_000

/**
 * Events and rejections over time, how long events wait for their acknowledgement, and how many pages searches take. Nothing
 * until there is something.
 */
export function Charts() {
  const { data: figures } = useQuery({ ...queries.figures, refetchInterval: TICK })
  const { data: paged } = useQuery({ ...queries.searches, refetchInterval: TICK })
  const searches = paged?.searches ?? []
  if (!figures) return null
  const { minutes, of, events } = figures
  const nothing = events === 0 && minutes.every(({ refused }) => refused === 0)
  if (nothing && searches.length === 0) return null
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
        <Waits figures={figures} />
        {of < events && <p className="quiet">{text.search.newest(of)}</p>}
      </ChartPanel>
      {searches.length > 0 && <PagesChart searches={searches} />}
    </div>
  )
}

const HEIGHT = 96
const WIDTH = 12

function Bars({ minutes }: { readonly minutes: Figures['minutes'] }) {
  const most = Math.max(1, ...minutes.map(({ events, refused }) => events + refused))
  const sum = (kind: 'events' | 'refused') => minutes.reduce((total, minute) => total + minute[kind], 0)
  const scale = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT))
  return (
    <figure className="bars">
      <svg
        viewBox={`0 0 ${minutes.length * WIDTH} ${HEIGHT}`}
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
        <span>{text.chart.most(most)}</span>
        <span>{timeOf(minutes.at(-1)?.start ?? 0)}</span>
      </figcaption>
    </figure>
  )
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString(text.locale, { hour: '2-digit', minute: '2-digit' })
}

function Waits({ figures: { waits, unread, unacknowledged, failed } }: { readonly figures: Figures }) {
  return (
    <ul className="waits">
      {waits === null ? (
        <li className="quiet">{text.chart.waitingNone}</li>
      ) : (
        <>
          <li>
            <strong>{text.chart.median(text.duration(waits.median))}</strong>
          </li>
          <li>{text.chart.slowest(text.duration(waits.slowest))}</li>
        </>
      )}
      {unread + unacknowledged > 0 && <li>{text.chart.open(unread + unacknowledged)}</li>}
      {failed > 0 && <li>{text.chart.failed(failed)}</li>}
    </ul>
  )
}
