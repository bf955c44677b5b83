import { Button, Heading, Link } from '@digdir/designsystemet-react'
import { type ReactNode, useState } from 'react'
import './again.css'
import { links } from '../data/links.ts'
import { text } from '../text/text.ts'
import { Action } from './action.tsx'
import type { PayloadJudge } from './checked.ts'
import { readDraft } from './draft.ts'
import { EditRequest } from './edit-request.tsx'
import { Copy } from './parts.tsx'
import { type SentRequest, SNIPPET_LANGUAGES, snippet, tokenWish } from './snippets.ts'
import { useReplay, useTtt } from './use-replay.tsx'

interface AgainProps {
  /** The exchange. */
  readonly id: string
  readonly request: SentRequest
  /** Its body is not all there. */
  readonly cut: boolean
  /** Who judges the body; absent where nobody does. */
  readonly judge: PayloadJudge | undefined
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
        <Action data-key="r" off={sending} onClick={() => send(request)}>
          {text.again.replay}
        </Action>
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
