import { Button, Heading, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { RuleEntry, RuleList } from '../data/api.ts'
import { links, replaceView } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { CERTAINTIES, CertaintyTag } from '../parts/certainty.tsx'
import { DocumentLink } from '../parts/document-link.tsx'
import { Empty, Loaded } from '../parts/parts.tsx'
import './rules.css'
import { filterRows, vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { offered, RULE_FIELDS, searchableRule } from '../parts/searchable.ts'
import { text } from '../text/text.ts'
import { Settings, showSettings } from './settings.tsx'

/** `#/rules`: the catalogue, and how the points are settled where the documents are silent. */
export function RulesView({ q }: { readonly q: string }) {
  const rules = useQuery(queries.rules)
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.rules.heading}
        </Heading>
        <p className="quiet">{text.rules.lead}</p>
      </div>
      <Loaded query={rules}>
        {(list) => (
          <>
            {q === '' && (
              <div className="actions">
                <Button data-size="sm" variant="secondary" onClick={showSettings}>
                  {text.rules.toSettings(list.settings.length)}
                </Button>
              </div>
            )}
            <Catalogue list={list} q={q} />
            {q === '' && <Settings points={list.settings} />}
          </>
        )}
      </Loaded>
    </>
  )
}

function Catalogue({ list, q }: { readonly list: RuleList; readonly q: string }) {
  const found = filterRows(list.rules, q, RULE_FIELDS, searchableRule)
  const change = (value: string) => replaceView(links.rules(value))
  return (
    <>
      <SearchBox
        value={q}
        change={change}
        placeholder={text.rules.placeholder}
        vocabulary={offered(vocabularyOf(list.rules.map(searchableRule)))}
        grammar={RULE_FIELDS}
        found={text.search.found(found.length, list.rules.length)}
      />
      <fieldset className="chips">
        <legend className="ds-sr-only">{text.rules.filter}</legend>
        {CERTAINTIES.map((certainty) => {
          const filter = `certainty:${certainty}`
          const on = q.includes(filter)
          const count = list.rules.filter((rule) => rule.certainty === certainty).length
          return (
            <button
              key={certainty}
              type="button"
              aria-pressed={on}
              title={text.issue.certaintyMeaning[certainty]}
              onClick={() => change(on ? q.replace(filter, '').trim() : filter)}
            >
              {text.issue.certainty[certainty]} <span className="count">{count}</span>
            </button>
          )
        })}
      </fieldset>
      {found.length === 0 && <Empty title={text.search.nothing}>{text.search.hint}</Empty>}
      <ul className="rules" aria-label={text.rules.list}>
        {found.map((rule) => (
          <RuleCard key={rule.id} rule={rule} />
        ))}
      </ul>
    </>
  )
}

function RuleCard({ rule }: { readonly rule: RuleEntry }) {
  const { id, title, certainty, severity, source, address, fix, switchedOff } = rule
  return (
    <li className="rule">
      <p className="rule-head">
        <strong>{title}</strong>
        <CertaintyTag certainty={certainty} />
        {severity !== 'error' && severity !== 'fatal' && <Tag data-color="neutral">{severity}</Tag>}
        {switchedOff && <Tag data-color="warning">{text.rules.switchedOff}</Tag>}
      </p>
      <p className="anywhere">
        <strong className="rule-fix">{text.issue.fix}</strong> {fix}
      </p>
      <p className="quiet anywhere">
        {source} <DocumentLink address={address} />
      </p>
      <OtherSources rule={rule} />
      <p className="rule-id">
        <code>{id}</code>
        <a className="ds-link" href={links.rejected(`rule:${id}`)} aria-label={`${text.rules.refusals}: ${id}`}>
          {text.rules.refusals}
        </a>
      </p>
    </li>
  )
}

type Service = keyof RuleEntry['sources']

/** The services that are less sure than the first, or surer, or have it from another document. */
function OtherSources({ rule: { id, sources, certainty, source } }: { readonly rule: RuleEntry }) {
  const others = Object.entries(sources).filter(([, one]) => one.certainty !== certainty || one.source !== source)
  if (others.length === 0) return null
  const names = others.map(([service]) => text.rules.services[service as Service]).join(', ')
  return (
    <details className="rule-sources">
      <summary aria-label={`${text.rules.otherSources(names)}: ${id}`}>{text.rules.otherSources(names)}</summary>
      {others.map(([service, one]) => (
        <p key={service} className="anywhere">
          <strong>{text.rules.services[service as Service]}</strong> <CertaintyTag certainty={one.certainty} />{' '}
          <span className="quiet">{one.source}</span> <DocumentLink address={one.address} />
        </p>
      ))}
    </details>
  )
}
