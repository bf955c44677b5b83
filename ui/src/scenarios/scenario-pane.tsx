import { Heading } from '@digdir/designsystemet-react'
import { nameOf } from '../../../scenarios/pack/step.ts'
import { rerunCommand } from '../../../scenarios/reports/report.ts'
import type { ScenarioResult } from '../../../scenarios/runner/result.ts'
import { CertaintyTag } from '../parts/certainty.tsx'
import { Copy, Empty } from '../parts/parts.tsx'
import { text } from '../text/text.ts'
import { Mark } from './mark.tsx'
import type { RunState } from './runs.ts'
import './scenario-pane.css'
import { Action } from '../parts/action.tsx'
import { REQUIREMENTS_BY_ID } from './requirements.ts'
import { StepDetails } from './step-details.tsx'
import { type Branch, definitionOf, type Leaf } from './tree.ts'
import { WaitingPanel } from './waiting-panel.tsx'
import { words } from './words.ts'

interface ScenarioPaneProps {
  readonly branch: Branch | undefined
  readonly id: string
  readonly state: RunState
  readonly start: (leaves: readonly Leaf[]) => void
}

/** One scenario: what it proves, how it went, step by step, and how to run it again. */
export function ScenarioPane({ branch, id, state, start }: ScenarioPaneProps) {
  const leaf = branch?.leaves.find(({ scenario }) => scenario.id === id)
  if (!branch || !leaf) return <Empty title={words.unknown}>{words.unknownLead}</Empty>
  const waiting = state.waiting.get(leaf.name)
  return (
    <>
      <Summary branch={branch} leaf={leaf} running={state.running} start={start} />
      {waiting && <WaitingPanel waiting={waiting} />}
      <Proves ids={leaf.scenario.proves} />
      <Steps pack={branch.pack} leaf={leaf} state={state} />
      <details className="panel definition">
        <summary>{words.definition}</summary>
        <pre>{definitionOf(branch, leaf.index)}</pre>
      </details>
    </>
  )
}

interface SummaryProps {
  readonly branch: Branch
  readonly leaf: Leaf
  readonly running: boolean
  readonly start: (leaves: readonly Leaf[]) => void
}

function Summary({ branch: { pack }, leaf, running, start }: SummaryProps) {
  const { scenario, status, result } = leaf
  return (
    <section className="panel">
      <p className="scenario-head">
        <Mark status={status} worded />
        <strong>{words.outcomes[status]}</strong>
        {result && status === result.outcome && <span>{text.milliseconds(result.milliseconds)}</span>}
        <code className="quiet anywhere">
          {pack.pack}/{scenario.id}
        </code>
      </p>
      <Heading level={2} data-size="xs">
        {scenario.title}
      </Heading>
      {result?.reason !== undefined && <p className="anywhere">{result.reason}</p>}
      <p className="quiet">
        {words.facts(scenario.party, pack.file, pack.lineOf(leaf.index))} {result && words.seedOf(result.seed)}
      </p>
      <div className="actions">
        <Action data-key="r" off={running} onClick={() => start([leaf])}>
          {words.run}
        </Action>
        {result && <Again result={result} />}
      </div>
    </section>
  )
}

function Again({ result }: { readonly result: ScenarioResult }) {
  return <Copy label={words.again} value={rerunCommand(result)} what={text.copy} />
}

function Proves({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return null
  return (
    <section className="panel" aria-labelledby="proves">
      <Heading level={2} data-size="2xs" id="proves">
        {words.proves}
      </Heading>
      <ul className="proves">
        {ids.map((id) => (
          <Requirement key={id} id={id} />
        ))}
      </ul>
    </section>
  )
}

function Requirement({ id }: { readonly id: string }) {
  const requirement = REQUIREMENTS_BY_ID.get(id)
  return (
    <li>
      <p className="proves-head">
        <code>{id}</code>
        {requirement && <CertaintyTag certainty={requirement.certainty} />}
      </p>
      {requirement && (
        <>
          <q lang="en">{requirement.quote}</q>
          {requirement.says !== undefined && <p lang="en">{requirement.says}</p>}
          <p className="quiet">{requirement.source}</p>
        </>
      )}
    </li>
  )
}

interface StepsProps {
  readonly pack: Branch['pack']
  readonly leaf: Leaf
  readonly state: RunState
}

/** The steps that were played, and those that are to come. */
function Steps({ pack, leaf, state }: StepsProps) {
  const { name, scenario, result } = leaf
  const played = state.live.get(name) ?? result?.steps ?? []
  const lines = scenario.steps.map((step, index) => ({ step, line: pack.lineOf(leaf.index, index) }))
  return (
    <section className="panel" aria-labelledby="scenario-steps">
      <Heading level={2} data-size="2xs" id="scenario-steps">
        {words.steps} <span className="count">{scenario.steps.length}</span>
      </Heading>
      <ol className="scenario-steps">
        {played.map((step) => (
          <StepDetails key={step.line} step={step} sandbox={result?.sandbox} />
        ))}
        {lines.slice(played.length).map(({ step, line }, index) => (
          <li key={line} className="scenario-step">
            <p className="step-line">
              <Mark status={index === 0 && state.live.has(name) ? leaf.status : 'not-run'} />
              {nameOf(step)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
