import { useState } from 'react'
import { text } from '../text/text.ts'
import { Action } from './action.tsx'
import { type PayloadJudge, useChecked } from './checked.ts'
import { type DraftKey, dropDraft, keepDraft, readDraft } from './draft.ts'
import { Editor } from './editor.tsx'
import { plainHeaders, type SentRequest } from './snippets.ts'

interface EditRequestProps {
  /** Where what is written is kept. */
  readonly draft: DraftKey
  readonly request: SentRequest
  /** Who judges the body; absent where nobody does. */
  readonly judge: PayloadJudge | undefined
  readonly send: (request: SentRequest) => void
  readonly sending: boolean
}

/** What of a request can be written: the token and the proof are made when it is sent. */
interface Written {
  readonly url: string
  readonly headers: string
  readonly body: string
}

/** A request as one changes it before it is sent again. */
export function EditRequest({ draft, request, judge, send, sending }: EditRequestProps) {
  const [written, setWritten] = useState(() => draftOf(draft) ?? writtenOf(request))
  const { url, headers, body } = written
  const { marks } = useChecked(body, judge)
  const write = (part: Partial<Written>) => {
    const next = { ...written, ...part }
    keepDraft(draft, JSON.stringify(next))
    setWritten(next)
  }
  const secret = request.headers.filter(([name]) => name === 'authorization')
  const edited = (): SentRequest => ({
    method: request.method,
    url,
    headers: [...secret, ...headersOf(headers)],
    ...(body === '' ? {} : { body }),
  })
  return (
    <form
      className="edit-request"
      onSubmit={(event) => {
        event.preventDefault()
        dropDraft(draft)
        send(edited())
      }}
    >
      <label>
        {text.again.url}
        <input className="field" value={url} onChange={(event) => write({ url: event.target.value })} />
      </label>
      <label>
        {text.again.headers}
        <textarea
          className="field"
          rows={3}
          value={headers}
          onChange={({ target }) => write({ headers: target.value })}
          spellCheck={false}
        />
      </label>
      {request.method !== 'GET' && (
        <Editor
          label={text.again.body}
          language="json"
          value={body}
          change={(changed) => write({ body: changed })}
          marks={marks}
        />
      )}
      <Action type="submit" off={sending}>
        {text.again.send}
      </Action>
    </form>
  )
}

function writtenOf(request: SentRequest): Written {
  const headers = plainHeaders(request).map((header) => header.join(': '))
  return { url: request.url, headers: headers.join('\n'), body: request.body ?? '' }
}

function draftOf(key: DraftKey): Written | undefined {
  const kept = readDraft(key)
  return kept === undefined ? undefined : (JSON.parse(kept) as Written)
}

function headersOf(lines: string): [string, string][] {
  return lines.split('\n').flatMap((line): [string, string][] => {
    const [, name, value = ''] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined ? [] : [[name.toLowerCase(), value]]
  })
}
