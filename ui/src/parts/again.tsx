import { Alert, Button, Heading, Link } from '@digdir/designsystemet-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import './again.css'
import { links } from '../shell/links.ts'
import { queries } from '../shell/queries.ts'
import { text } from '../text/text.ts'
import { Copy, reasonOf } from './parts.tsx'
import { replay } from './replay.ts'
import { plainHeaders, type SentRequest, SNIPPET_LANGUAGES, snippet, tokenWish } from './snippets.ts'

/** Copy a request in a language, send it again, or edit it first. */
export function Again({ request, cut }: { readonly request: SentRequest; readonly cut: boolean }) {
  const [editing, setEditing] = useState(false)
  const { send, sending, outcome } = useReplay()
  const ttt = useTtt()
  if (/\/connect\/(token|par)/.test(request.url)) return <Section lead={text.again.impossible} />
  if (cut) return <Section lead={text.again.cut} />
  return (
    <Section lead={tokenWish(request) ? text.again.lead : text.again.leadOpen}>
      <div className="actions">
        <Button data-size="sm" data-key="r" disabled={sending} onClick={() => send(request)}>
          {text.again.replay}
        </Button>
        <Button data-size="sm" variant="secondary" aria-expanded={editing} onClick={() => setEditing(!editing)}>
          {text.again.edit}
        </Button>
        <span className="copies">
          <span className="quiet">{text.again.copyAs}</span>
          {SNIPPET_LANGUAGES.map((language) => (
            <Copy
              key={language}
              label={language}
              value={() => snippet(language, request, ttt)}
              what={text.again.copyAs}
              {...(language === 'curl' ? { shortcut: 'c' } : {})}
            />
          ))}
        </span>
      </div>
      {outcome}
      {editing && <Editor request={request} send={send} sending={sending} />}
    </Section>
  )
}

function Section({ lead, children }: { readonly lead: string; readonly children?: ReactNode }) {
  return (
    <section className="panel" aria-labelledby="again">
      <Heading level={2} data-size="2xs" id="again">
        {text.again.heading}
      </Heading>
      {children}
      <p className="quiet">{lead}</p>
    </section>
  )
}

/** The base URL of the test token service. */
export function useTtt(): string {
  const info = useQuery(queries.info)
  return info.data?.origins.ttt ?? `${window.location.origin}/ttt`
}

/** Sends a request again, and says what became of it. */
export function useReplay() {
  const ttt = useTtt()
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (request: SentRequest) => replay(request, ttt),
  })
  const outcome = (
    <div role="status">
      {isPending && <p className="quiet">{text.again.sending}</p>}
      {error && <Alert data-color="danger">{reasonOf(error)}</Alert>}
      {data && (
        <Alert data-color={data.status < 400 ? 'success' : 'warning'}>
          {text.again.answered(data.status)}{' '}
          {data.exchange !== undefined && <Link href={links.exchange(data.exchange)}>{text.again.open}</Link>}
        </Alert>
      )}
    </div>
  )
  return { send: (request: SentRequest) => mutate(request), sending: isPending, outcome }
}

interface EditorProps {
  readonly request: SentRequest
  readonly send: (request: SentRequest) => void
  readonly sending: boolean
}

function Editor({ request, send, sending }: EditorProps) {
  const [url, setUrl] = useState(request.url)
  const [headers, setHeaders] = useState(
    plainHeaders(request)
      .map((header) => header.join(': '))
      .join('\n'),
  )
  const [body, setBody] = useState(request.body ?? '')
  const secret = request.headers.filter(([name]) => name === 'authorization')
  const edited = (): SentRequest => ({
    method: request.method,
    url,
    headers: [...secret, ...headersOf(headers)],
    ...(body === '' ? {} : { body }),
  })
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault()
        send(edited())
      }}
    >
      <label>
        {text.again.url}
        <input className="field" value={url} onChange={(event) => setUrl(event.target.value)} />
      </label>
      <Area label={text.again.headers} rows={3} value={headers} change={setHeaders} />
      {request.method !== 'GET' && <Area label={text.again.body} rows={16} value={body} change={setBody} />}
      <Button data-size="sm" type="submit" disabled={sending}>
        {text.again.send}
      </Button>
    </form>
  )
}

interface AreaProps {
  readonly label: string
  readonly rows: number
  readonly value: string
  readonly change: (value: string) => void
}

function Area({ label, rows, value, change }: AreaProps) {
  return (
    <label>
      {label}
      <textarea
        className="field"
        rows={rows}
        value={value}
        onChange={({ target }) => change(target.value)}
        spellCheck={false}
      />
    </label>
  )
}

function headersOf(lines: string): [string, string][] {
  return lines.split('\n').flatMap((line): [string, string][] => {
    const [, name, value = ''] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined ? [] : [[name.toLowerCase(), value]]
  })
}
