import { Heading } from '@digdir/designsystemet-react'
import { links, type ScenariosView } from '../data/links.ts'
import { Empty } from '../parts/parts.tsx'
import { text } from '../text/text.ts'
import { Mark } from './mark.tsx'
import type { RunState } from './runs.ts'
import type { Leaf } from './tree.ts'
import { words } from './words.ts'

interface LogProps {
  readonly view: ScenariosView
  readonly leaves: readonly Leaf[]
  readonly state: RunState
}

/** A line for each scenario as it ended, the newest first. */
export function Log({ view, leaves, state: { ended } }: LogProps) {
  const byName = new Map(leaves.map((leaf) => [leaf.name, leaf]))
  const lines = ended.flatMap((name) => byName.get(name) ?? []).reverse()
  if (lines.length === 0) return <Empty title={words.nothing}>{words.nothingLead}</Empty>
  return (
    <section className="panel" aria-labelledby="log">
      <Heading level={2} data-size="2xs" id="log">
        {words.log} <span className="count">{lines.length}</span>
      </Heading>
      <ul className="log">
        {lines.map((leaf) => (
          <Line key={leaf.name} leaf={leaf} view={view} />
        ))}
      </ul>
    </section>
  )
}

function Line({
  leaf: { pack, scenario, result, status },
  view,
}: {
  readonly leaf: Leaf
  readonly view: ScenariosView
}) {
  return (
    <li>
      <Mark status={status} />
      <span>
        <a className="ds-link" href={links.scenarios({ ...view, pack, scenario: scenario.id })}>
          {scenario.title}
        </a>{' '}
        <span className="quiet">
          {pack}/{scenario.id}
          {result && status !== 'skipped' && `, ${text.milliseconds(result.milliseconds)}`}
        </span>
        {result?.reason !== undefined && <span className="quiet log-reason">{result.reason}</span>}
      </span>
    </li>
  )
}
