import { Link, Tag } from '@digdir/designsystemet-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api, type ClientEntry, SERVED } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Lazy } from '../parts/lazy.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded, Snippet } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'

/** A token for a request. */
export function TokenPanel() {
  return (
    <Panel title={worldText.panels.token} lead={text.world.tokenLead} wide>
      <TokenForm />
    </Panel>
  )
}

/** The clients that HelseID knows, and a new one. */
export function ClientsPanel() {
  const clients = useQuery(queries.clients)
  return (
    <Panel title={worldText.panels.clients} lead={text.world.clientsLead} wide>
      <Loaded query={clients}>
        {(list) => (
          <>
            <ul className="list">
              {list.clients.map((client) => (
                <Client key={client.clientId} client={client} />
              ))}
            </ul>
            <div>
              <Dialog open={worldText.client.open} title={worldText.client.open}>
                <Lazy name="register-client" load={() => import('./register-client.tsx')}>
                  {({ RegisterClient }) => <RegisterClient clients={list.clients} />}
                </Lazy>
              </Dialog>
            </div>
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function Client({ client }: { readonly client: ClientEntry }) {
  const { clientId, name, tenancy, organization, delegations, scopes, readyMade, file } = client
  return (
    <li>
      <p className="list-head">
        <strong>{name}</strong>
        <Tag data-color="neutral">{readyMade ? worldText.panels.readyMade : worldText.panels.own}</Tag>
        <span className="quiet">
          {tenancy}, {organization}
        </span>
        {SERVED && (
          <Link href={file} aria-label={`${worldText.panels.file}: ${name}`}>
            {worldText.panels.file}
          </Link>
        )}
      </p>
      <code className="quiet anywhere">{clientId}</code>
      <p className="quiet anywhere">{scopes.join(' ')}</p>
      {delegations.length > 0 && <p className="quiet anywhere">→ {delegations.map(whom).join(', ')}</p>}
    </li>
  )
}

function whom(municipality: string): string {
  return municipality === '*' ? worldText.panels.everyMunicipality : municipality
}

const FIELDS = { method: 'POST', path: '/write/v1/Composition', orgnr: '313231593' } as const

function TokenForm() {
  const { mutate, data, error, isPending } = useMutation({ mutationFn: api.curl })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string) => String(form.get(name) ?? '')
    mutate({ method: field('method'), path: field('path'), orgnr: field('orgnr') })
  }
  const labels = { method: worldText.panels.method, path: worldText.panels.path, orgnr: worldText.panels.orgnr }
  return (
    <form className="form" onSubmit={submit}>
      <div className="form-row">
        {Object.entries(FIELDS).map(([name, value]) => (
          <Field key={name} label={labels[name as keyof typeof FIELDS]}>
            {(control) => <input {...control} name={name} defaultValue={value} className="field" />}
          </Field>
        ))}
      </div>
      <Action variant="secondary" type="submit" off={isPending}>
        {worldText.panels.make}
      </Action>
      {error && <p role="alert">{error.message}</p>}
      {data !== undefined && <Snippet value={data} what={worldText.panels.token} />}
    </form>
  )
}
