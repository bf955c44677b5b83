import { Tag } from '@digdir/designsystemet-react'
import { OUTCOMES } from '../../../scenarios/reports/outcome.ts'
import { type ReportedRequirement, requirementTexts } from '../../../scenarios/reports/report.ts'
import { links, replaceView, type ScenariosView } from '../data/links.ts'
import { Empty } from '../parts/parts.tsx'
import { filterRows, type Grammar, type Searchable, vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { text } from '../text/text.ts'
import { Downloads } from './downloads.tsx'
import './requirements-tab.css'
import { REQUIREMENT_FILES } from './requirements.ts'
import type { RunState } from './runs.ts'
import { type OpenPack, reportOn } from './tree.ts'
import { words } from './words.ts'

interface RequirementsTabProps {
  readonly view: ScenariosView
  readonly packs: readonly OpenPack[]
  readonly state: RunState
}

const COLOURS = {
  broken: 'danger',
  'not exercised': 'neutral',
  'kept, partly checked': 'warning',
  kept: 'success',
  waived: 'neutral',
  'not applicable': 'neutral',
} as const

/** What the runs show of the documents' requirements, as the reports have it. */
export function RequirementsTab({ view, packs, state }: RequirementsTabProps) {
  const all = reportOn(packs, state, requirementTexts(REQUIREMENT_FILES))?.requirements ?? []
  if (all.length === 0) return <Empty title={words.noRequirements}>{words.noRequirementsLead}</Empty>
  const wanted = filterRows(all, view.q, REQUIREMENT_FIELDS, searchableRequirement)
  const found = OUTCOMES.flatMap((outcome) => wanted.filter((one) => one.outcome === outcome))
  const change = (q: string) => replaceView(links.scenarios({ ...view, q }))
  const { is = [], scenario = [] } = vocabularyOf(all.map(searchableRequirement))
  return (
    <>
      <p className="quiet">{words.requirementsLead}</p>
      <SearchBox
        value={view.q}
        change={change}
        placeholder="is:broken …"
        vocabulary={{ is, scenario }}
        grammar={REQUIREMENT_FIELDS}
        found={text.search.found(found.length, all.length)}
      />
      <fieldset className="chips">
        <legend className="ds-sr-only">{words.filter}</legend>
        {OUTCOMES.map((outcome) => {
          const filter = filterFor(outcome)
          const on = view.q.includes(filter)
          return (
            <button
              key={outcome}
              type="button"
              aria-pressed={on}
              onClick={() => change(on ? view.q.replace(filter, '').trim() : filter)}
            >
              {words.requirementOutcomes[outcome]}{' '}
              <span className="count">{all.filter((one) => one.outcome === outcome).length}</span>
            </button>
          )
        })}
      </fieldset>
      <Downloads packs={packs} state={state} />
      {found.length === 0 && <Empty title={text.search.nothing}>{text.search.hint}</Empty>}
      <ul className="requirements" aria-label={words.requirementList}>
        {found.map((one) => (
          <Row key={one.id} requirement={one} packs={packs} view={view} />
        ))}
      </ul>
    </>
  )
}

function filterFor(outcome: string): string {
  return `is:${/\s/.test(outcome) ? `"${outcome}"` : outcome}`
}

/** By what requirements are found. */
const REQUIREMENT_FIELDS: Grammar = { is: OUTCOMES, scenario: 'any', id: 'any', quote: 'any', source: 'any' }

function searchableRequirement({ id, quote, source, outcome, scenarios }: ReportedRequirement): Searchable {
  return { fields: { is: [outcome], scenario: scenarios, id: [id], quote: [quote], source: [source] } }
}

interface RowProps {
  readonly requirement: ReportedRequirement
  readonly packs: readonly OpenPack[]
  readonly view: ScenariosView
}

function Row({ requirement: { id, quote, source, outcome, scenarios }, packs, view }: RowProps) {
  return (
    <li className="requirement">
      <p className="requirement-head">
        <Tag data-color={COLOURS[outcome]}>{words.requirementOutcomes[outcome]}</Tag>
        <code className="anywhere">{id}</code>
      </p>
      <q lang="en">{quote}</q>
      <p className="quiet">{source}</p>
      <p className="requirement-proofs">
        <span className="quiet">{words.shownBy}</span>
        {scenarios.map((scenario) => (
          <a
            key={scenario}
            className="ds-link anywhere"
            href={links.scenarios({ seed: view.seed, pack: packOf(packs, scenario), scenario })}
          >
            {scenario}
          </a>
        ))}
      </p>
    </li>
  )
}

/** Ids of scenarios are unique in all packs. */
function packOf(packs: readonly OpenPack[], id: string): string {
  return packs.find(({ pack }) => pack.scenarios.some((scenario) => scenario.id === id))?.pack.pack ?? ''
}
