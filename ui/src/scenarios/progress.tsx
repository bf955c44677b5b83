import { Alert, Link } from '@digdir/designsystemet-react'
import { links, type ScenariosView } from '../data/links.ts'
import { text } from '../text/text.ts'
import type { RunState } from './runs.ts'
import { words } from './words.ts'

/** How far the run has come, or what came of the last one. */
export function Progress({ view, state }: { readonly view: ScenariosView; readonly state: RunState }) {
  const { running, total, ended, live, waiting, error, took: milliseconds } = state
  const counts = countsOf(state)
  const took = milliseconds === undefined ? '' : words.took(text.duration(milliseconds / 1000))
  return (
    <section className="progress" aria-label={words.progress}>
      {running && (
        <>
          <progress max={total} value={ended.length} aria-label={words.progress} />
          <p className="progress-counts">
            <strong>{words.progressOf(ended.length, total)}</strong> {counts}
          </p>
          <p className="quiet anywhere">{[...live.keys()].filter((name) => !waiting.has(name)).join(', ')}</p>
        </>
      )}
      {[...waiting.keys()].map((name) => (
        <Alert key={name} data-color="info" role="alert">
          <Link href={links.scenarios({ ...view, ...partsOf(name) })}>{name}</Link> {words.outcomes.waiting}
        </Alert>
      ))}
      <p role="status">{!running && ended.length > 0 && `${words.done}: ${counts} ${took}`}</p>
      {error !== undefined && (
        <Alert data-color="danger">
          {words.broke}: {error}
        </Alert>
      )}
    </section>
  )
}

function partsOf(name: string) {
  const [pack, scenario] = name.split('/')
  return { pack, scenario }
}

function countsOf({ ended, results }: RunState): string {
  const count = (outcome: string) => ended.filter((name) => results.get(name)?.outcome === outcome).length
  return words.counts(count('passed'), count('failed'), count('skipped'))
}
