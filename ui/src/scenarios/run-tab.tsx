import { Button, Link } from '@digdir/designsystemet-react'
import { useMemo } from 'react'
import { links, replaceView, type ScenariosView } from '../data/links.ts'
import { Action } from '../parts/action.tsx'
import { Empty } from '../parts/parts.tsx'
import { vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { text } from '../text/text.ts'
import { Downloads } from './downloads.tsx'
import { Log } from './log.tsx'
import { Progress } from './progress.tsx'
import type { RunState } from './runs.ts'
import { ScenarioPane } from './scenario-pane.tsx'
import {
  count,
  LEAF_FIELDS,
  type Leaf,
  leavesOf,
  type OpenPack,
  type ScenarioStatus,
  searchableLeaf,
  treeOf,
} from './tree.ts'
import { TreeNav } from './tree-nav.tsx'
import { words } from './words.ts'

interface RunTabProps {
  readonly view: ScenariosView
  readonly packs: readonly OpenPack[]
  readonly state: RunState
  readonly start: (leaves: readonly Leaf[]) => void
  readonly stop: () => void
}

/** The tree of packs and scenarios, what to run of it, and beside it what was chosen. */
export function RunTab({ view, packs, state, start, stop }: RunTabProps) {
  const { pack, scenario, q } = view
  const all = useMemo(() => treeOf(packs, state), [packs, state])
  const found = useMemo(() => treeOf(packs, state, q), [packs, state, q])
  const leaves = leavesOf(all)
  const vocabulary = useMemo(() => offered(all.flatMap((branch) => branch.leaves)), [all])
  return (
    <>
      <div className="scenarios-top" data-chosen={scenario !== undefined}>
        <SearchBox
          value={q}
          change={(value) => replaceView(links.scenarios({ ...view, q: value }))}
          placeholder={words.placeholder}
          vocabulary={vocabulary}
          grammar={LEAF_FIELDS}
          found={text.search.found(leavesOf(found).length, leaves.length)}
        />
        <Standings view={view} leaves={leaves} />
        <Tools view={view} all={leaves} found={leavesOf(found)} state={state} start={start} stop={stop} />
        <div className="spread">
          <Progress view={view} state={state} />
          <Downloads packs={packs} state={state} />
        </div>
      </div>
      {found.length === 0 && <Empty title={text.search.nothing}>{text.search.hint}</Empty>}
      <div className="scenarios" data-chosen={scenario !== undefined}>
        <TreeNav branches={found} view={view} running={state.running} start={start} />
        <div className="scenarios-pane">
          {scenario === undefined ? (
            <Log view={view} leaves={leaves.filter((leaf) => pack === undefined || leaf.pack === pack)} state={state} />
          ) : (
            <>
              <Link className="to-tree" href={links.scenarios({ ...view, scenario: undefined })} data-key="g">
                {words.back}
              </Link>
              <ScenarioPane
                key={`${pack}/${scenario}`}
                branch={all.find((branch) => branch.pack.pack === pack)}
                id={scenario}
                state={state}
                start={start}
              />
            </>
          )}
        </div>
      </div>
    </>
  )
}

/** Titles and ids are found by any words. */
function offered(leaves: readonly Leaf[]) {
  const { id: _, title: __, ...rest } = vocabularyOf(leaves.map(searchableLeaf))
  return rest
}

const STATUSES: readonly ScenarioStatus[] = ['failed', 'passed', 'skipped', 'not-run']

/** How many stand how; each is a filter. */
function Standings({ view, leaves }: { readonly view: ScenariosView; readonly leaves: readonly Leaf[] }) {
  return (
    <fieldset className="chips">
      <legend className="ds-sr-only">{words.filter}</legend>
      {STATUSES.map((status) => {
        const filter = `is:${status}`
        const on = view.q.includes(filter)
        const q = on ? view.q.replace(filter, '').trim() : filter
        return (
          <button
            key={status}
            type="button"
            aria-pressed={on}
            onClick={() => replaceView(links.scenarios({ ...view, q }))}
          >
            {words.outcomes[status]} <span className="count">{count(leaves, status)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}

interface ToolsProps extends Omit<RunTabProps, 'packs'> {
  readonly all: readonly Leaf[]
  readonly found: readonly Leaf[]
}

/** What to run: all, what was found, what failed; and with which seed. */
function Tools({ view, all, found, state, start, stop }: ToolsProps) {
  const failed = count(all, 'failed')
  return (
    <div className="actions">
      <Action off={state.running} onClick={() => start(all)}>
        {words.runAll(all.length)}
      </Action>
      {found.length < all.length && found.length > 0 && (
        <Action variant="secondary" off={state.running} onClick={() => start(found)}>
          {words.runFound(found.length)}
        </Action>
      )}
      {failed > 0 && (
        <Action
          variant="secondary"
          data-color="danger"
          off={state.running}
          onClick={() => start(all.filter(({ status }) => status === 'failed'))}
        >
          {words.runFailed(failed)}
        </Action>
      )}
      {state.running && (
        <Button data-size="sm" variant="secondary" onClick={stop}>
          {words.stop}
        </Button>
      )}
      <label className="seed" title={words.seedNote}>
        {words.seed}
        <input
          className="field"
          value={view.seed}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => replaceView(links.scenarios({ ...view, seed: event.target.value }))}
        />
      </label>
    </div>
  )
}
