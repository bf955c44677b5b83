import type { ReactNode } from 'react'
import type { ShownIssue } from '../data/api.ts'
import { CertaintyTag } from './certainty.tsx'
import { headlineOf } from './headline.ts'
import { Words } from './words.tsx'
import './issue.css'
import { links } from '../data/links.ts'
import { fixOf, text } from '../text/text.ts'
import { DocumentLink } from './document-link.tsx'
import { useMask } from './reveal.ts'

interface IssueCardProps {
  readonly issue: ShownIssue
  /** It stopped nothing, and only deserves a look. */
  readonly warning?: boolean
}

/** One thing wrong: what, where, by which rule from which source, and what to do. */
export function IssueCard({ issue, warning = false }: IssueCardProps) {
  const mask = useMask()
  const words = headlineOf(issue)
  return (
    <article className="issue" data-warning={warning}>
      <h3 className="issue-message anywhere">
        <Words>{mask(words)}</Words>
      </h3>
      {issue.expression !== undefined && <code className="quiet anywhere">{issue.expression}</code>}
      <p className="issue-fix anywhere">
        <strong>{text.issue.fix}</strong> <Words>{fixOf(issue)}</Words>
      </p>
      <dl className="issue-facts">
        {words !== issue.message && <Fact name={text.issue.answer}>{mask(issue.message)}</Fact>}
        <Where issue={issue} />
        <Evidence issue={issue} />
        <Fact name={text.issue.rule}>
          <a className="ds-link" href={links.rules(`rule:${issue.rule}`)}>
            <code>{issue.rule}</code>
          </a>
          {issue.code !== undefined && issue.code !== issue.rule && <code className="quiet">{issue.code}</code>}
          <CertaintyTag certainty={issue.certainty} />
        </Fact>
        <Fact name={text.issue.source}>
          <span className="quiet">{issue.source}</span> <DocumentLink address={issue.address} />
        </Fact>
      </dl>
    </article>
  )
}

function Where({ issue: { pointer, line, column } }: { readonly issue: ShownIssue }) {
  return (
    <>
      {line !== undefined && (
        <Fact name={text.issue.place}>
          <span>{text.issue.line(line, column ?? 1)}</span>
        </Fact>
      )}
      {pointer !== undefined && (
        <Fact name={text.issue.pointer}>
          <code>{pointer}</code>
        </Fact>
      )}
    </>
  )
}

function Evidence({ issue: { evidence = {} } }: { readonly issue: ShownIssue }) {
  const mask = useMask()
  const found = shown(evidence.found)
  const expected = shown(evidence.expected)
  const parts = [
    ...(found === undefined ? [] : [text.issue.found(found)]),
    ...(expected === undefined ? [] : [text.issue.expected(expected)]),
  ]
  return parts.length === 0 ? null : <Fact name={text.issue.evidence}>{mask(parts.join(', '))}</Fact>
}

function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="anywhere">{children}</dd>
    </div>
  )
}
