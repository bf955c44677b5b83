import { Heading, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { TraceList } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { Loaded, Status } from '../parts/parts.tsx'
import { text } from '../text/text.ts'
import { type Arrow, arrowsOf, type LaneParty, PARTIES } from './lanes.ts'
import './lanes.css'

interface LanesProps {
  /** `event=Composition/id` or `exchange=x12`. */
  readonly of: string
  /** The exchange whose page this is. */
  readonly current?: string
  /** Nothing is drawn of fewer requests. */
  readonly least?: number
}

/** The whole way of an event, or of one request: who called whom, in order, with times. */
export function Lanes({ of, current, least = 1 }: LanesProps) {
  const trace = useQuery(queries.trace(of))
  if ((trace.data?.exchanges.length ?? least) < least) return null
  return (
    <section className="panel" aria-labelledby="lanes">
      <Heading level={2} data-size="2xs" id="lanes">
        {text.lanes.heading}
      </Heading>
      <Loaded query={trace}>{(list) => <Picture list={list} current={current} />}</Loaded>
    </section>
  )
}

function Picture({ list, current }: { readonly list: TraceList; readonly current: string | undefined }) {
  const { exchanges, matching } = list
  const arrows = arrowsOf(exchanges)
  const parties = PARTIES.filter((party) => arrows.some(({ from, to }) => from === party || to === party))
  if (arrows.length === 0) return <p className="quiet">{text.events.noExchanges}</p>
  return (
    <div className="lanes" style={{ '--lanes': parties.length } as React.CSSProperties}>
      <p className="lanes-heads" aria-hidden="true">
        {parties.map((party) => (
          <span key={party}>{text.lanes.parties[party]}</span>
        ))}
      </p>
      <ol>
        {arrows.map((arrow) => (
          <Line key={arrow.exchange.id} arrow={arrow} parties={parties} current={arrow.exchange.id === current} />
        ))}
      </ol>
      {matching > exchanges.length && <p className="quiet">{text.lanes.first(exchanges.length, matching)}</p>}
    </div>
  )
}

interface LineProps {
  readonly arrow: Arrow
  readonly parties: readonly LaneParty[]
  readonly current: boolean
}

function Line({ arrow, parties, current }: LineProps) {
  const { exchange, from, to, after, corrections, meaning } = arrow
  const [start, end] = [parties.indexOf(from), parties.indexOf(to)]
  const usual = meaning === 'challenge'
  return (
    <li className="lane" data-leg={exchange.parent !== null}>
      <span
        className="lane-arrow"
        data-back={end < start}
        data-refused={exchange.status >= 400 && !usual}
        style={
          {
            '--span': Math.abs(end - start) + 1,
            gridColumn: `${Math.min(start, end) + 1} / ${Math.max(start, end) + 2}`,
          } as React.CSSProperties
        }
        aria-hidden="true"
      />
      <a
        className="lane-what"
        data-row
        href={links.exchange(exchange.id)}
        {...(current ? { 'aria-current': 'true' } : {})}
      >
        <span className="ds-sr-only">{text.lanes.way(text.lanes.parties[from], text.lanes.parties[to])}</span>
        <Status value={exchange.status} usual={usual} />
        <span className="anywhere">
          {exchange.method} {new URL(exchange.url).pathname}
        </span>
        <span className="quiet nowrap">
          +{text.milliseconds(after)} · {text.milliseconds(exchange.milliseconds)}
        </span>
      </a>
      <span className="lane-notes">
        {meaning !== undefined && <Tag data-color={usual ? 'neutral' : 'accent'}>{text.lanes.meanings[meaning]}</Tag>}
        {corrections > 0 && <Tag data-color="warning">{text.verdict.corrections(corrections)}</Tag>}
        <span className="quiet">{exchange.parent === null ? exchange.clientName : ''}</span>
      </span>
    </li>
  )
}
