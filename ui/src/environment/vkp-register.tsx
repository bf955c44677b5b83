import { Alert, Button } from '@digdir/designsystemet-react'
import { type FormEvent, useState } from 'react'
import { api, type RegisterEntry } from '../data/api.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { TextField } from '../parts/field.tsx'
import { worldText } from '../text/environment-text.ts'
import { wordOf } from '../text/word-of.ts'

/** An entry that is being written, with a number of its own. */
interface Row {
  readonly key: number
  readonly entry: RegisterEntry
}

/** The codes of the services that VKP knows. */
const SERVICE_CODES = Object.keys(worldText.register.services)

const NEW: RegisterEntry = { orgnr: '', vkpId: '', active: true, serviceCodes: SERVICE_CODES }

/** Edits VKP's own register: all entries are replaced at once. */
export function VkpRegister({ register }: { readonly register: readonly RegisterEntry[] }) {
  const [rows, setRows] = useState<readonly Row[]>(() => register.map((entry, key) => ({ key, entry })))
  const { make, pending, done, refusal } = useChange(api.setRegister)
  const write = (key: number, entry: RegisterEntry) =>
    setRows(rows.map((row) => (row.key === key ? { key, entry } : row)))
  const add = () => setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, entry: NEW }])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make(rows.map(({ entry }) => entry))
  }
  return (
    <form className="form" onSubmit={submit}>
      {rows.length === 0 && <p className="quiet">{worldText.register.none}</p>}
      {rows.map(({ key, entry }) => (
        <Entry
          key={key}
          entry={entry}
          change={(changed) => write(key, changed)}
          remove={() => setRows(rows.filter((row) => row.key !== key))}
        />
      ))}
      <div className="actions">
        <Button data-size="sm" variant="secondary" onClick={add}>
          {worldText.register.add}
        </Button>
        <Action type="submit" off={pending}>
          {worldText.register.save}
        </Action>
      </div>
      <div role="status">
        {refusal}
        {done && !pending && <Alert data-color="success">{worldText.register.saved}</Alert>}
      </div>
    </form>
  )
}

interface EntryProps {
  readonly entry: RegisterEntry
  readonly change: (entry: RegisterEntry) => void
  readonly remove: () => void
}

function Entry({ entry, change, remove }: EntryProps) {
  const { orgnr, vkpId, active, serviceCodes } = entry
  const name = `${orgnr} ${vkpId}`.trim() || worldText.register.fresh
  const toggle = (code: string) =>
    change({
      ...entry,
      serviceCodes: serviceCodes.includes(code) ? serviceCodes.filter((one) => one !== code) : [...serviceCodes, code],
    })
  return (
    <fieldset className="form-group">
      <legend className="anywhere">{name}</legend>
      <div className="form-row">
        <TextField
          label={worldText.panels.municipality}
          value={orgnr}
          change={(value) => change({ ...entry, orgnr: value })}
          pattern="[0-9]{9}"
          required
        />
        <TextField
          label={worldText.client.vkpId}
          value={vkpId}
          change={(value) => change({ ...entry, vkpId: value })}
          required
        />
      </div>
      <div className="actions">
        <label className="check">
          <input type="checkbox" checked={active} onChange={() => change({ ...entry, active: !active })} />
          {worldText.register.active}
        </label>
        {SERVICE_CODES.map((code) => (
          <label key={code} className="check" title={wordOf(worldText.register.services, code)}>
            <input type="checkbox" checked={serviceCodes.includes(code)} onChange={() => toggle(code)} />
            {code}
          </label>
        ))}
        <Button
          data-size="sm"
          variant="tertiary"
          data-color="danger"
          aria-label={`${worldText.panels.remove} ${name}`}
          onClick={remove}
        >
          {worldText.panels.remove}
        </Button>
      </div>
    </fieldset>
  )
}
