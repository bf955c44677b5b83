import { Alert, Link } from '@digdir/designsystemet-react'
import { type FormEvent, useState } from 'react'
import { SURFACES } from '../../../simulator/ground/surfaces.ts'
import { api, type ClientEntry, fileOfClient, SERVED } from '../data/api.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Field } from '../parts/field.tsx'
import { worldText } from '../text/environment-text.ts'
import { wordOf } from '../text/word-of.ts'
import { KeyField } from './key-field.tsx'
import { type Calls, type RegistrationForm, registrationOf } from './registration.ts'

const TENANCIES = ['multi-tenant', 'single-tenant', 'none'] as const

/** Registers a client by its public key. `clients`: those that there are. */
export function RegisterClient({ clients }: { readonly clients: readonly ClientEntry[] }) {
  const [calls, setCalls] = useState<Calls>('jft')
  const { make, pending, data, refusal } = useChange(async (form: RegistrationForm) =>
    api.registerClient(registrationOf(calls, form, worldText.client.noKey)),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    make(formIn(new FormData(event.currentTarget)))
  }
  return (
    <form className="form" onSubmit={submit}>
      <CallsField calls={calls} change={setCalls} />
      <div className="form-row">
        <NamedField name="name" label={worldText.client.name} value="My system" />
        <NamedField name="clientId" label={worldText.client.id} hint={worldText.client.idHint} optional />
      </div>
      <Organizations key={calls} calls={calls} />
      {calls === 'vkp' && <NamedField name="vkpId" label={worldText.client.vkpId} hint={worldText.client.vkpIdHint} />}
      <Field label={worldText.client.scopes}>
        {(control) => (
          <textarea
            {...control}
            key={calls}
            className="field"
            name="scopes"
            rows={calls === 'vkp' ? 5 : 1}
            defaultValue={scopesFor(calls, clients).join('\n')}
            required
          />
        )}
      </Field>
      <KeyField />
      <Action type="submit" off={pending}>
        {worldText.client.register}
      </Action>
      <div role="status">
        {refusal}
        {data && (
          <Alert data-color="success">
            {worldText.client.registered} <code className="anywhere">{data.clientId}</code>{' '}
            {SERVED && <Link href={fileOfClient(data.clientId)}>{worldText.panels.file}</Link>}
          </Alert>
        )}
      </div>
    </form>
  )
}

/** What was written into the form. */
function formIn(form: FormData): RegistrationForm {
  const field = (name: keyof RegistrationForm) => String(form.get(name) ?? '').trim()
  return {
    clientId: field('clientId'),
    name: field('name'),
    tenancy: field('tenancy'),
    organization: field('organization'),
    organizations: field('organizations'),
    vkpId: field('vkpId'),
    scopes: field('scopes'),
    publicKey: field('publicKey'),
  }
}

function CallsField({ calls, change }: { readonly calls: Calls; readonly change: (calls: Calls) => void }) {
  return (
    <Field label={worldText.client.calls}>
      {(control) => (
        <select
          {...control}
          className="field"
          value={calls}
          onChange={({ target }) => change(target.value === 'vkp' ? 'vkp' : 'jft')}
        >
          <option value="jft">{worldText.client.callsJft}</option>
          <option value="vkp">{worldText.client.callsVkp}</option>
        </select>
      )}
    </Field>
  )
}

/** Whom the client acts for. */
function Organizations({ calls }: { readonly calls: Calls }) {
  const [tenancy, setTenancy] = useState<string>(calls === 'vkp' ? 'none' : 'multi-tenant')
  return (
    <>
      <div className="form-row">
        <Field label={worldText.client.tenancy} hint={wordOf(worldText.client.tenancies, tenancy)}>
          {(control) => (
            <select
              {...control}
              className="field"
              name="tenancy"
              value={tenancy}
              onChange={({ target }) => setTenancy(target.value)}
            >
              {TENANCIES.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
        <NamedField name="organization" label={worldText.client.organization} value="994598759" pattern="[0-9]{9}" />
      </div>
      {tenancy !== 'none' && (
        <NamedField
          key={tenancy}
          name="organizations"
          label={tenancy === 'multi-tenant' ? worldText.client.delegations : worldText.client.children}
          hint={worldText.client.listHint}
          value={tenancy === 'multi-tenant' ? '313231593' : ''}
          optional
        />
      )}
    </>
  )
}

interface NamedFieldProps {
  readonly name: keyof RegistrationForm
  readonly label: string
  readonly hint?: string
  readonly value?: string
  readonly pattern?: string
  readonly optional?: boolean
}

function NamedField({ name, label, hint, value = '', pattern, optional = false }: NamedFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          className="field"
          name={name}
          defaultValue={value}
          pattern={pattern}
          required={!optional}
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </Field>
  )
}

/** The scopes of JFT, or all that a client of VKP has here. */
function scopesFor(calls: Calls, clients: readonly ClientEntry[]): readonly string[] {
  if (calls === 'jft') return SURFACES['jft-write'].token.scopes
  const scopes = clients.flatMap((client) => client.scopes)
  return [...new Set(scopes)].filter((scope) => scope.startsWith('nhn:vkp/'))
}
