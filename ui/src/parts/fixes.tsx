import { Heading } from '@digdir/designsystemet-react'
import type { ReactNode } from 'react'
import { keyOf, type PayloadCheck } from '../data/api.ts'
import { fixOf, text } from '../text/text.ts'
import { useMask } from './reveal.ts'

/** What of a refused payload can be fixed without asking, and what is left. `children`: what to do with the fixed payload. */
export function Fixes({ fixes, children }: { readonly fixes: PayloadCheck['fixes']; readonly children: ReactNode }) {
  const mask = useMask()
  const { fixed, of, rest, more = 0, beyond } = fixes
  if (of === 0) return null
  return (
    <section className="panel" aria-labelledby="fixes-heading">
      <Heading level={2} data-size="2xs" id="fixes-heading">
        {text.fixes.count(fixed, of)}
      </Heading>
      {beyond > 0 && <p className="quiet">{text.fixes.beyond(beyond)}</p>}
      {rest.length > 0 && <p>{text.fixes.rest(rest.length + more)}</p>}
      <ul>
        {rest.slice(0, MOST_SHOWN).map((issue) => (
          <li key={keyOf(issue)} className="anywhere">
            {issue.expression !== undefined && <code>{issue.expression}</code>} {mask(fixOf(issue))}
          </li>
        ))}
      </ul>
      {children}
    </section>
  )
}

const MOST_SHOWN = 20
