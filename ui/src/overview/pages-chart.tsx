import { Link } from '@digdir/designsystemet-react'
import type { SearchPages } from '../data/api.ts'
import { links } from '../data/links.ts'
import { text } from '../text/text.ts'
import { type PageBucket, pagesPerSearch } from './chart-data.ts'
import { ChartPanel } from './chart-panel.tsx'

/** How many pages searches took, and the one that took the most. */
export function PagesChart({ searches }: { readonly searches: readonly SearchPages[] }) {
  const longest = searches.reduce<SearchPages | undefined>(
    (most, search) => (most && most.pages >= search.pages ? most : search),
    undefined,
  )
  const partial = searches.filter(({ complete }) => !complete).length
  return (
    <ChartPanel
      id="pages"
      title={text.chart.pages}
      legend={{ complete: text.chart.complete, partial: text.chart.partial }}
    >
      <Buckets buckets={pagesPerSearch(searches)} />
      <p className="waits">
        {longest && (
          <span>
            {text.chart.longest(longest.pages)} <Link href={links.exchange(longest.exchange)}>{longest.exchange}</Link>
          </span>
        )}
        {partial > 0 && <span>{text.chart.notRead(partial)}</span>}
      </p>
    </ChartPanel>
  )
}

/** A bar for each number of pages; who cannot see them hears the numbers. */
function Buckets({ buckets }: { readonly buckets: readonly PageBucket[] }) {
  const most = Math.max(1, ...buckets.map(({ complete, partial }) => complete + partial))
  return (
    <ul className="buckets" aria-label={text.chart.pages}>
      {buckets.map((bucket) => {
        const { complete, partial } = bucket
        const name = rangeOf(bucket)
        return (
          <li key={name} title={text.chart.perPages(name, complete, partial)}>
            <span className="ds-sr-only">{text.chart.perPages(name, complete, partial)}</span>
            <span aria-hidden="true">{name}</span>
            <span className="bucket-bar" aria-hidden="true">
              <span data-kind="complete" style={{ inlineSize: `${(complete / most) * 100}%` }} />
              <span data-kind="partial" style={{ inlineSize: `${(partial / most) * 100}%` }} />
            </span>
            <span aria-hidden="true">{complete + partial}</span>
          </li>
        )
      })}
    </ul>
  )
}

function rangeOf({ from, to }: PageBucket): string {
  if (to === undefined) return `${from}+`
  return from === to ? `${from}` : `${from}–${to}`
}
