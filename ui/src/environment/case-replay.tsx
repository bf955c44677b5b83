import { Alert, Link, Tag } from '@digdir/designsystemet-react'
import { type CaseDifference, type CaseReplay, SERVED, type SkipReason } from '../data/api.ts'
import { links } from '../data/links.ts'
import { worldText } from '../text/environment-text.ts'

/** What became of the exchanges of a case file. */
export function CaseReplayReport({ replay }: { readonly replay: CaseReplay }) {
  const { sandbox, sameCatalogue, replayed, same, skipped, differences } = replay
  const alike = same === replayed
  return (
    <div className="case-report">
      <Alert data-color={alike ? 'success' : 'warning'}>
        <p>
          {worldText.caseFile.opened} {SERVED ? <Link href={links.sandbox(sandbox)}>{sandbox}</Link> : sandbox}
        </p>
        <p>{worldText.caseFile.replayed(replayed, same)}</p>
        {!sameCatalogue && <p>{worldText.caseFile.otherCatalogue}</p>}
      </Alert>
      {differences.length > 0 && (
        <ul className="list" aria-label={worldText.caseFile.differences}>
          {differences.map((difference) => (
            <Difference key={keyOf(difference)} difference={difference} />
          ))}
        </ul>
      )}
      {skipped.length > 0 && (
        <ul className="list" aria-label={worldText.caseFile.skipped}>
          {[...byReason(skipped)].map(([reason, ids]) => (
            <li key={reason}>
              <p>
                {worldText.caseFile.skippedCount(ids.length)}: {worldText.caseFile.reasons[reason] ?? reason}
              </p>
              <p className="quiet anywhere">{ids.join(', ')}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Difference({ difference }: { readonly difference: CaseDifference }) {
  const { exchange, field, pointer, expected, found } = difference
  return (
    <li>
      <p className="list-head">
        <strong>{exchange}</strong>
        <Tag data-color="warning">{worldText.caseFile.fields[field] ?? field}</Tag>
        {pointer !== undefined && <code className="anywhere">{pointer}</code>}
      </p>
      <dl className="case-compared">
        <dt>{worldText.caseFile.expected}</dt>
        <dd>
          <pre>{shown(expected)}</pre>
        </dd>
        <dt>{worldText.caseFile.found}</dt>
        <dd>
          <pre>{shown(found)}</pre>
        </dd>
      </dl>
    </li>
  )
}

function byReason(skipped: CaseReplay['skipped']): ReadonlyMap<SkipReason, readonly string[]> {
  const reasons = new Map<SkipReason, readonly string[]>()
  for (const { id, reason } of skipped) reasons.set(reason, [...(reasons.get(reason) ?? []), id])
  return reasons
}

function keyOf({ exchange, field, pointer }: CaseDifference): string {
  return `${exchange} ${field} ${pointer}`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
