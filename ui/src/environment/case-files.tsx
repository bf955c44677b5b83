import { Alert } from '@digdir/designsystemet-react'
import { useMutation } from '@tanstack/react-query'
import { type ChangeEvent, useId } from 'react'
import { api, CURRENT_SANDBOX } from '../data/api.ts'
import './case-files.css'
import { useChange } from '../parts/change.tsx'
import { download } from '../parts/download.ts'
import { CaseReplayReport } from './case-replay.tsx'
import '../parts/field.css'
import { Action } from '../parts/action.tsx'
import { Panel } from '../parts/panel.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'

/** A sandbox as one file: save this one, and open one that somebody else saved. */
export function CasePanel() {
  const save = useMutation({
    mutationFn: api.caseFile,
    onSuccess: (file) => download(`${CURRENT_SANDBOX}.case.json`, file),
  })
  return (
    <Panel title={worldText.caseFile.heading} lead={worldText.caseFile.lead} wide>
      <div className="actions">
        <Action variant="secondary" off={save.isPending} onClick={() => save.mutate()}>
          {worldText.caseFile.save(CURRENT_SANDBOX)}
        </Action>
      </div>
      {save.error && (
        <Alert data-color="danger">
          {text.refused}: {save.error.message}
        </Alert>
      )}
      <OpenCase />
    </Panel>
  )
}

function OpenCase() {
  const id = useId()
  const { make, pending, data, refusal } = useChange(api.openCase)
  const open = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (file && !pending) make(file)
    // The same file can be chosen again.
    target.value = ''
  }
  return (
    <>
      <div className="form-field">
        <label htmlFor={id}>{worldText.caseFile.open}</label>
        <input id={id} type="file" className="drop" accept=".json" onChange={open} />
      </div>
      <div role="status">
        {pending && <p className="quiet">{worldText.caseFile.opening}</p>}
        {refusal}
        {!pending && data && <CaseReplayReport replay={data} />}
      </div>
    </>
  )
}
