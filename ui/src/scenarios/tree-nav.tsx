import { links, type ScenariosView } from '../data/links.ts'
import { Mark } from './mark.tsx'
import { type Branch, count, type Leaf } from './tree.ts'
import './tree-nav.css'
import { words } from './words.ts'

interface TreeNavProps {
  readonly branches: readonly Branch[]
  readonly view: ScenariosView
  readonly running: boolean
  readonly start: (leaves: readonly Leaf[]) => void
}

/** Packs, each with its scenarios folded into it. */
export function TreeNav({ branches, view, running, start }: TreeNavProps) {
  return (
    <nav className="tree" aria-label={words.tree}>
      {branches.map(({ pack, leaves }) => (
        <div key={pack.pack} className="tree-pack">
          <details open={view.pack === pack.pack || view.q !== '' || branches.length === 1}>
            <summary className="tree-head">
              <span className="tree-name">{pack.pack}</span>
              <Standings leaves={leaves} />
              <span className="quiet tree-title">{words.packs[pack.pack] ?? pack.title}</span>
            </summary>
            <ul>
              {leaves.map((leaf) => (
                <Row key={leaf.name} leaf={leaf} view={view} />
              ))}
            </ul>
          </details>
          <button
            type="button"
            className="tree-run"
            aria-disabled={running}
            aria-label={words.runPack(pack.pack)}
            onClick={() => !running && start(leaves)}
          >
            {words.run}
          </button>
        </div>
      ))}
    </nav>
  )
}

function Standings({ leaves }: { readonly leaves: readonly Leaf[] }) {
  const failed = count(leaves, 'failed')
  const passed = count(leaves, 'passed')
  return (
    <span className="tree-counts">
      {failed > 0 && (
        <span className="count" data-danger="true" title={words.outcomes.failed}>
          {failed}
        </span>
      )}
      <span className="count" title={words.of(passed, leaves.length)}>
        {passed}/{leaves.length}
      </span>
    </span>
  )
}

function Row({ leaf: { pack, scenario, status }, view }: { readonly leaf: Leaf; readonly view: ScenariosView }) {
  const current = view.pack === pack && view.scenario === scenario.id
  return (
    <li>
      <a
        className="tree-row"
        href={links.scenarios({ ...view, pack, scenario: scenario.id })}
        aria-current={current ? 'true' : undefined}
        data-row
      >
        <Mark status={status} />
        <span>
          <span className="tree-text">{scenario.title}</span>
          <span className="quiet tree-id">{scenario.id}</span>
        </span>
      </a>
    </li>
  )
}
