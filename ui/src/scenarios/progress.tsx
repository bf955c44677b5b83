import { Alert } from '@digdir/designsystemet-react'
import { text } from '../text.ts'
import type { RunState } from './runs.ts'
import { words } from './words.ts'

/** How far the run has come, or what came of the last one. */
export function Progress({ state }: { readonly state: RunState }) {
  const { running, total, ended, live, error, about } = state
  const counts = countsOf(state)
  const took = about && words.took(text.duration(about.milliseconds / 1000))
  return (
    <section className="progress" aria-label={words.progress}>
      {running && (
        <>
          <progress max={total} value={ended.length} aria-label={words.progress} />
          <p className="progress-counts">
            <strong>{words.progressOf(ended.length, total)}</strong> {counts}
          </p>
          <p className="quiet anywhere">{[...live.keys()].join(', ')}</p>
        </>
      )}
      <p role="status">{!running && ended.length > 0 && `${words.done}: ${counts} ${took}`}</p>
      {error !== undefined && (
        <Alert data-color="danger">
          {words.broke}: {error}
        </Alert>
      )}
    </section>
  )
}

function countsOf({ ended, results }: RunState): string {
  const count = (outcome: string) => ended.filter((name) => results.get(name)?.outcome === outcome).length
  return words.counts(count('passed'), count('failed'), count('skipped'))
}
