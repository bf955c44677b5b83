import { Heading, Tag } from '@digdir/designsystemet-react'
import { type FormEvent, useId, useState } from 'react'
import { api, type SilentPointEntry } from '../data/api.ts'
import { CertaintyTag } from '../parts/certainty.tsx'
import { useChange } from '../parts/change.tsx'
import { DocumentLink } from '../parts/document-link.tsx'
import './settings.css'
import { Action } from '../parts/action.tsx'
import { ValueField } from '../parts/value-field.tsx'
import { text } from '../text/text.ts'

/** Goes to the settings, which lie below a long list. */
export function showSettings(): void {
  const heading = document.getElementById(HEADING)
  heading?.focus({ preventScroll: true })
  heading?.scrollIntoView()
}

const HEADING = 'silent'

/** How the points are settled where the documents are silent, and another value for each. */
export function Settings({ points }: { readonly points: readonly SilentPointEntry[] }) {
  const changed = points.filter(isChanged)
  const { make, pending, refusal } = useChange(api.setSettings)
  const putBack = () => make(Object.fromEntries(changed.map((point) => [point.name, point.default])))
  return (
    <section className="panel" aria-labelledby={HEADING}>
      <Heading level={2} data-size="2xs" id={HEADING} tabIndex={-1}>
        {text.rules.settings} <span className="count">{points.length}</span>
      </Heading>
      <p className="quiet">{text.rules.settingsLead}</p>
      {changed.length > 0 && (
        <div className="actions">
          <Tag data-color="warning">{text.rules.changedCount(changed.length)}</Tag>
          <code className="anywhere">{changed.map(({ name }) => name).join(', ')}</code>
          <Action variant="secondary" off={pending} onClick={putBack}>
            {text.rules.putAllBack}
          </Action>
        </div>
      )}
      {refusal}
      <ul className="silent" aria-label={text.rules.settings}>
        {points.map((point) => (
          <Setting key={point.name} point={point} />
        ))}
      </ul>
    </section>
  )
}

function Setting({ point }: { readonly point: SilentPointEntry }) {
  const { name, value, question, reasoning, documents, of, schema } = point
  const id = useId()
  const settled = schema.const !== undefined
  return (
    <li>
      <div>
        {settled ? <p>{question}</p> : <label htmlFor={id}>{question}</label>}
        <p className="quiet">
          <code>{name}</code> · {of} {point.point}
        </p>
      </div>
      <div>
        {settled ? (
          <p>
            <code>{shown(value)}</code> <span className="quiet">{text.rules.settled}</span>
          </p>
        ) : (
          <Editor id={id} point={point} />
        )}
        <Seen point={point} />
        <p className="quiet">{reasoning}</p>
        {documents.map(({ key, source, address }) => (
          <p key={key} className="quiet anywhere">
            {source} <DocumentLink address={address} />
          </p>
        ))}
      </div>
    </li>
  )
}

/** What a calibration has seen of a real service; the value that holds may be another by now. */
function Seen({ point: { observed } }: { readonly point: SilentPointEntry }) {
  if (observed === undefined) return null
  const { certainty, value, confidence, date, environment } = observed
  return (
    <p className="anywhere">
      <CertaintyTag certainty={certainty} title={text.rules.confidence[confidence]} /> <code>{shown(value)}</code>{' '}
      <span className="quiet">
        {environment},{' '}
        <time dateTime={date}>{new Date(date).toLocaleDateString(text.locale, { dateStyle: 'medium' })}</time>
      </span>
    </p>
  )
}

interface EditorProps {
  readonly id: string
  readonly point: SilentPointEntry
}

/** A choice and a flag hold as they are made; what is typed holds when it is sent. */
function Editor({ id, point }: EditorProps) {
  const { name, value, schema } = point
  /** What is written and does not hold yet. */
  const [draft, setDraft] = useState<unknown>()
  const { make, done, pending, refusal } = useChange((wanted: unknown) => api.setSettings({ [name]: wanted }))
  const typed = schema.enum === undefined && schema.type !== 'boolean'
  const forget = () => setDraft(undefined)
  const write = (wanted: unknown) => {
    setDraft(wanted)
    if (!typed) make(wanted, { onSettled: forget })
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (draft !== undefined) make(withoutBlankLines(draft), { onSuccess: forget })
  }
  return (
    <form onSubmit={send}>
      <div className="setting">
        <ValueField id={id} schema={schema} value={draft ?? value} change={write} />
        {typed && draft !== undefined && (
          <Action type="submit" off={pending} aria-label={text.rules.saveOf(name)}>
            {text.rules.save}
          </Action>
        )}
        {isChanged(point) ? (
          <>
            <Tag data-color="warning">{text.rules.changed}</Tag>
            <span className="quiet">
              {text.rules.default}: <code className="anywhere">{shown(point.default)}</code>
            </span>
            <Action
              variant="tertiary"
              off={pending}
              aria-label={text.rules.putBackOf(name)}
              onClick={() => make(point.default, { onSuccess: forget })}
            >
              {text.rules.putBack}
            </Action>
          </>
        ) : (
          <span className="quiet">{text.rules.default}</span>
        )}
        <span role="status" className="quiet">
          {done && draft === undefined && text.rules.saved}
        </span>
      </div>
      {refusal}
    </form>
  )
}

function isChanged({ value, default: usual }: SilentPointEntry): boolean {
  return JSON.stringify(value) !== JSON.stringify(usual)
}

function withoutBlankLines(value: unknown): unknown {
  return Array.isArray(value) ? value.filter((line) => String(line).trim() !== '') : value
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
