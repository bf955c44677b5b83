import { Button, Heading } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useRef, useState } from 'react'
import { addressee } from '../../../simulator/rules/addressee.ts'
import { type Issue, keyOf, type PayloadCheck } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { useChecked } from '../parts/checked.ts'
import { keepDraft, readDraft } from '../parts/draft.ts'
import { Editor, type EditorHandle, type EditorProps } from '../parts/editor.tsx'
import { Fixes } from '../parts/fixes.tsx'
import { IssueCard } from '../parts/issue.tsx'
import { Copy, Empty, Loaded } from '../parts/parts.tsx'
import { SAMPLE, submission } from '../parts/sample.ts'
import { useReplay } from '../parts/use-replay.tsx'
import { text } from '../text/text.ts'
import './validate.css'
import { Action } from '../parts/action.tsx'
import { Corrections, Verdicts } from '../parts/verdicts.tsx'
import { openFile } from './open-file.ts'

/** `#/validate`: a payload, and what both validators say of it while one writes. */
export function ValidateView() {
  const [payload, setPayload] = useState(() => readDraft('payload') ?? '')
  const editor = useRef<EditorHandle>(null)
  const { query, isEmpty, isCurrent, marks } = useChecked(payload, queries.check)
  const [unread, setUnread] = useState<readonly Issue[]>([])
  const change = (value: string) => {
    keepDraft('payload', value)
    setUnread([])
    setPayload(value)
  }
  const open = async (file: File) => {
    const opened = await openFile(file)
    if (opened.text === undefined) setUnread(opened.issues)
    else change(opened.text)
  }
  const apply = (mended: string) => {
    change(mended)
    // What was pressed goes with the error; here it can be undone.
    editor.current?.focus()
  }
  const goTo = ({ line = 1, column = 1 }: Issue) => editor.current?.goTo(line, column)
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.validate.heading}
        </Heading>
        <p className="quiet">{text.validate.lead}</p>
      </div>
      <div className="validate">
        <Input {...{ editor, payload, change, open, marks }} checking={!isEmpty && !isCurrent} />
        <div className="validate-answer">
          <div role="status">
            {unread.map((issue) => (
              <IssueCard key={keyOf(issue)} issue={issue} />
            ))}
          </div>
          {isEmpty ? (
            <Empty title={text.validate.empty}>{text.validate.emptyLead}</Empty>
          ) : (
            <Loaded query={query}>
              {(answer) => <Answer check={answer} payload={payload} apply={apply} goTo={goTo} />}
            </Loaded>
          )}
        </div>
      </div>
    </>
  )
}

interface InputProps extends Pick<EditorProps, 'marks'> {
  readonly editor: RefObject<EditorHandle | null>
  readonly payload: string
  readonly change: (payload: string) => void
  readonly open: (file: File) => Promise<void>
  /** What is written now is being checked. */
  readonly checking: boolean
}

function Input({ editor, payload, change, open, marks, checking }: InputProps) {
  return (
    <div className="validate-input">
      <Editor
        ref={editor}
        language="json"
        value={payload}
        change={change}
        open={open}
        label={text.validate.label}
        placeholder={text.validate.drop}
        marks={marks}
      />
      <div className="actions">
        <Button data-size="sm" variant="secondary" onClick={() => change(SAMPLE)}>
          {text.validate.sample}
        </Button>
        <Action variant="tertiary" off={payload === ''} onClick={() => change('')}>
          {text.validate.clear}
        </Action>
        <span role="status" className="quiet">
          {checking && text.validate.checking}
        </span>
      </div>
    </div>
  )
}

interface AnswerProps {
  readonly check: PayloadCheck
  readonly payload: string
  readonly apply: (payload: string) => void
  readonly goTo: (issue: Issue) => void
}

function Answer({ check, payload, apply, goTo }: AnswerProps) {
  const { corrected, patch, fixes, fixed } = check
  const { verdict } = addressee(check)
  return (
    <>
      <Verdicts check={check} />
      <Fixes fixes={fixes}>
        {fixed !== undefined && (
          <Mended mended={fixed} patch={fixes.patch} apply={apply} words={[text.fixes.apply, text.fixes.copy]} />
        )}
      </Fixes>
      <Corrections check={check}>
        {corrected !== undefined && (
          <Mended
            mended={corrected}
            patch={patch}
            apply={apply}
            words={[text.verdict.apply, text.verdict.copyCorrected]}
          />
        )}
      </Corrections>
      {verdict.issues.length > 0 && <Faults verdict={verdict} goTo={goTo} />}
      <Send payload={payload} />
    </>
  )
}

interface MendedProps {
  readonly mended: string
  readonly patch: PayloadCheck['patch']
  readonly apply: (payload: string) => void
  /** To write it into the editor, and to copy it. */
  readonly words: readonly [apply: string, copy: string]
}

/** What can be done with a payload that was mended. */
function Mended({ mended, patch, apply, words: [toApply, toCopy] }: MendedProps) {
  return (
    <div className="actions">
      <Button data-size="sm" onClick={() => apply(mended)}>
        {toApply}
      </Button>
      {patch !== null && (
        <Copy label={text.verdict.copyPatch} value={() => JSON.stringify(patch, null, 2)} what={text.copy} />
      )}
      <Copy label={toCopy} value={mended} what={text.copy} />
    </div>
  )
}

interface FaultsProps {
  readonly verdict: PayloadCheck['jft']
  readonly goTo: (issue: Issue) => void
}

function Faults({ verdict: { issues, more }, goTo }: FaultsProps) {
  return (
    <section className="panel issues" aria-labelledby="faults">
      <Heading level={2} data-size="2xs" id="faults">
        {text.validate.faults}
      </Heading>
      {issues.map((issue) => (
        <div key={keyOf(issue)}>
          <IssueCard issue={issue} />
          {issue.line !== undefined && (
            <Button data-size="sm" variant="tertiary" data-row onClick={() => goTo(issue)}>
              {text.validate.goTo(issue.line, issue.column ?? 1)}
            </Button>
          )}
        </div>
      ))}
      {more !== undefined && <p className="quiet">{text.verdict.notListed(more)}</p>}
    </section>
  )
}

/** Submits the payload for real, with a token and a proof of its own. */
function Send({ payload }: { readonly payload: string }) {
  const info = useQuery(queries.info)
  const { send, sending, outcome } = useReplay()
  const type = /"resourceType"\s*:\s*"(\w+)"/.exec(payload)?.[1] ?? 'Composition'
  const { origins } = info.data ?? {}
  const base = (type === 'Patient' ? origins?.pit : undefined) ?? origins?.['jft-write'] ?? ''
  const request = submission(base, payload)
  const url = request.url.replace('Composition', type)
  return (
    <div className="actions">
      <Action variant="secondary" off={sending || !info.data} onClick={() => send({ ...request, url })}>
        {text.validate.send}
      </Action>
      {outcome}
    </div>
  )
}
