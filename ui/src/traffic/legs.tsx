import { Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { ExchangeDetail, ExchangeSummary } from '../shell/api.ts'
import './legs.css'
import { Status } from '../parts/parts.tsx'
import { Steps } from '../parts/steps.tsx'
import { links } from '../shell/links.ts'
import { queries } from '../shell/queries.ts'
import { text } from '../text/text.ts'

/** The exchange that this one is a leg of, and the legs of this one, each with its own line of steps. */
export function Legs({ exchange }: { readonly exchange: ExchangeDetail }) {
  const all = useQuery(queries.exchanges)
  const legs = legsOf(all.data ?? [], exchange.id)
  return (
    <>
      {exchange.parent !== undefined && (
        <p>
          {text.exchange.legOf} <Link href={links.exchange(exchange.parent)}>{exchange.parent}</Link>
        </p>
      )}
      {legs.length > 0 && (
        <div className="legs">
          <h2 className="quiet">{text.exchange.legs}</h2>
          <ol>
            {legs.map((leg) => (
              <li key={leg.id}>
                <p className="leg-line">
                  <Status value={leg.status} />
                  <Link className="anywhere" href={links.exchange(leg.id)}>
                    {leg.method} {new URL(leg.url).pathname}
                  </Link>
                  <span className="quiet">{leg.surface}</span>
                  <span className="quiet">{text.milliseconds(leg.milliseconds)}</span>
                </p>
                <Steps steps={leg.steps} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  )
}

/** The legs of an exchange in the order in which they were made. */
function legsOf(exchanges: readonly ExchangeSummary[], id: string): readonly ExchangeSummary[] {
  return exchanges.filter(({ parent }) => parent === id).reverse()
}
