import { Alert, Button, Heading, Link } from '@digdir/designsystemet-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import './again.css'
import { links } from '../shell/links.ts'
import { queries } from '../shell/queries.ts'
import { text } from '../text/text.ts'
import type { Judge } from './checked.ts'
import { readDraft } from './draft.ts'
import { EditRequest } from './edit-request.tsx'
import { Copy, reasonOf } from './parts.tsx'
import { replay } from './replay.ts'
import { type SentRequest, SNIPPET_LANGUAGES, snippet, tokenWish } from './snippets.ts'

interface AgainProps {
  /** The exchange. */
  readonly id: string
  readonly request: SentRequest
  /** Its body is not all there. */
  readonly cut: boolean
  /** Who judges the body; absent where nobody does. */
  readonly judge: Judge | undefined
}

/** Copy a request in a language, send it again, or edit it first. */
export function Again({ id, request, cut, judge }: AgainProps) {
  const draft = `request-${id}` as const
  const [editing, setEditing] = useState(readDraft(draft) !== undefined)
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
        <Link href={links.compare(id)}>{text.again.compare}</Link>
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
      {editing && <EditRequest {...{ draft, request, judge, send, sending }} />}
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
