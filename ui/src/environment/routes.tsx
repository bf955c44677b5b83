import { useQuery } from '@tanstack/react-query'
import { api, type ClientEntry, type RegisterEntry, type VkpRoute } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { useChange } from '../parts/change.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Lazy } from '../parts/lazy.tsx'
import { NameForm } from '../parts/name-form.tsx'
import { Panel } from '../parts/panel.tsx'
import { Loaded } from '../parts/parts.tsx'
import { worldText } from '../text/environment-text.ts'
import { text } from '../text/text.ts'
import { ANY, axesOf, directOf, modeOf, withMode } from './route-matrix.ts'

/** How VKP delivers, as a matrix of municipality and vendor. */
export function RoutesPanel() {
  const routes = useQuery(queries.routes)
  const register = useQuery(queries.register)
  const clients = useQuery(queries.clients)
  return (
    <Panel title={worldText.panels.routes} lead={text.world.routesLead} wide>
      <Loaded query={routes}>
        {({ routes: list }) => (
          <Loaded query={clients}>
            {({ clients: known }) => (
              <Loaded query={register}>
                {({ register: entries }) => (
                  <>
                    <Matrix routes={list} register={entries} clients={known} />
                    <EditRegister register={entries} />
                  </>
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Panel>
  )
}

function EditRegister({ register }: { readonly register: readonly RegisterEntry[] }) {
  return (
    <div>
      <Dialog open={worldText.register.open} title={worldText.register.heading}>
        <Lazy name="vkp-register" load={() => import('./vkp-register.tsx')}>
          {({ VkpRegister }) => <VkpRegister register={register} />}
        </Lazy>
      </Dialog>
    </div>
  )
}

interface MatrixProps {
  readonly routes: readonly VkpRoute[]
  readonly register: readonly RegisterEntry[]
  readonly clients: readonly ClientEntry[]
}

function Matrix({ routes, register, clients }: MatrixProps) {
  const { make, pending, refusal } = useChange((changed: readonly VkpRoute[]) => api.setRoutes(changed))
  const { municipalities, vendors } = axesOf(routes, register, clients)
  return (
    <>
      <div className="matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">{worldText.panels.municipality}</th>
              {vendors.map((vendor) => (
                <th key={vendor} scope="col">
                  {vendor === ANY ? worldText.panels.anyVendor : vendor}
                </th>
              ))}
              <th scope="col">{worldText.panels.direct}</th>
            </tr>
          </thead>
          <tbody>
            {municipalities.map((municipality) => (
              <tr key={municipality}>
                <th scope="row">{municipality === ANY ? worldText.panels.anyMunicipality : municipality}</th>
                {vendors.map((vendor) => (
                  <td key={vendor}>
                    <Cell
                      routes={routes}
                      municipality={municipality}
                      vendor={vendor}
                      change={(mode) => !pending && make(withMode(routes, municipality, vendor, mode))}
                    />
                  </td>
                ))}
                <td>{namesOf(directOf(clients, municipality))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <NameForm
        label={worldText.panels.addMunicipality}
        pattern="[0-9]{9}"
        add={(orgnr) => make(withMode(routes, orgnr, ANY, 'proxy'))}
      >
        <Action variant="secondary" type="submit" off={pending}>
          {worldText.panels.add}
        </Action>
      </NameForm>
      {refusal}
    </>
  )
}

interface CellProps {
  readonly routes: readonly VkpRoute[]
  readonly municipality: string
  readonly vendor: string
  readonly change: (mode: VkpRoute['mode'] | undefined) => void
}

function Cell({ routes, municipality, vendor, change }: CellProps) {
  const { mode, own } = modeOf(routes, municipality, vendor)
  return (
    <select
      className="field"
      data-own={own}
      data-mode={mode}
      aria-label={worldText.panels.routeOf(
        municipality === ANY ? worldText.panels.anyMunicipality : municipality,
        vendor === ANY ? worldText.panels.anyVendor : vendor,
      )}
      value={own ? mode : ''}
      onChange={({ target: { value } }) => change(value === 'classic' || value === 'proxy' ? value : undefined)}
    >
      <option value="">
        {worldText.panels.modes[own ? 'classic' : mode]} ({worldText.panels.inherited})
      </option>
      <option value="classic">{worldText.panels.modes.classic}</option>
      <option value="proxy">{worldText.panels.modes.proxy}</option>
    </select>
  )
}

function namesOf(clients: readonly ClientEntry[]): string {
  return clients.length === 0 ? '–' : clients.map(({ name }) => name).join(', ')
}
