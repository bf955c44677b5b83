import { Button } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api, type RegisterEntry, type Route } from './api.ts'
import { Loaded } from './parts.tsx'
import { queries } from './queries.ts'
import { ANY, axesOf, modeOf, withMode } from './route-matrix.ts'
import { text } from './text.ts'
import { Panel, useChange } from './world.tsx'

/** How VKP delivers, as a matrix of municipality and vendor. */
export function RoutesPanel() {
  const routes = useQuery(queries.routes)
  const register = useQuery(queries.register)
  return (
    <Panel title={text.world.routes} lead={text.world.routesLead} wide>
      <Loaded query={routes}>
        {(list) => (
          <Loaded query={register}>{(entries) => <Matrix routes={list.routes} register={entries.register} />}</Loaded>
        )}
      </Loaded>
    </Panel>
  )
}

interface MatrixProps {
  readonly routes: readonly Route[]
  readonly register: readonly RegisterEntry[]
}

function Matrix({ routes, register }: MatrixProps) {
  const { make, pending, refusal } = useChange((changed: readonly Route[]) => api.setRoutes(changed))
  const { municipalities, vendors } = axesOf(routes, register)
  return (
    <>
      <div className="matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">{text.world.municipality}</th>
              {vendors.map((vendor) => (
                <th key={vendor} scope="col">
                  {vendor === ANY ? text.world.anyVendor : vendor}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {municipalities.map((municipality) => (
              <tr key={municipality}>
                <th scope="row">{municipality === ANY ? text.world.anyMunicipality : municipality}</th>
                {vendors.map((vendor) => (
                  <td key={vendor}>
                    <Cell
                      routes={routes}
                      municipality={municipality}
                      vendor={vendor}
                      change={(mode) => make(withMode(routes, municipality, vendor, mode))}
                      disabled={pending}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AddMunicipality add={(orgnr) => make(withMode(routes, orgnr, ANY, 'proxy'))} />
      {refusal}
    </>
  )
}

interface CellProps {
  readonly routes: readonly Route[]
  readonly municipality: string
  readonly vendor: string
  readonly change: (mode: Route['mode'] | undefined) => void
  readonly disabled: boolean
}

function Cell({ routes, municipality, vendor, change, disabled }: CellProps) {
  const { mode, own } = modeOf(routes, municipality, vendor)
  return (
    <select
      className="field"
      data-own={own}
      data-mode={mode}
      aria-label={text.world.routeOf(
        municipality === ANY ? text.world.anyMunicipality : municipality,
        vendor === ANY ? text.world.anyVendor : vendor,
      )}
      value={own ? mode : ''}
      disabled={disabled}
      onChange={({ target: { value } }) => change(value === 'classic' || value === 'proxy' ? value : undefined)}
    >
      <option value="">
        {text.world.modes[own ? 'classic' : mode]} ({text.world.inherited})
      </option>
      <option value="classic">{text.world.modes.classic}</option>
      <option value="proxy">{text.world.modes.proxy}</option>
    </select>
  )
}

function AddMunicipality({ add }: { readonly add: (orgnr: string) => void }) {
  const id = useId()
  const [orgnr, setOrgnr] = useState('')
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        add(orgnr)
        setOrgnr('')
      }}
    >
      <label htmlFor={id}>{text.world.addMunicipality}</label>
      <input
        id={id}
        className="field"
        value={orgnr}
        onChange={(event) => setOrgnr(event.target.value)}
        pattern="[0-9]{9}"
        inputMode="numeric"
        required
      />
      <Button data-size="sm" variant="secondary" type="submit">
        {text.world.add}
      </Button>
    </form>
  )
}
