import { SURFACES, type SurfaceName } from './ground/surfaces.ts'
import type { Route } from './http/route.ts'
import { control } from './surfaces/control/index.ts'
import { ehr } from './surfaces/ehr/index.ts'
import { helseid } from './surfaces/helseid/index.ts'
import { jftRead } from './surfaces/jft-read/index.ts'
import { jftWrite } from './surfaces/jft-write/index.ts'
import { pit } from './surfaces/pit/index.ts'
import { selvbetjening } from './surfaces/selvbetjening/index.ts'
import { ttt } from './surfaces/ttt/index.ts'
import { vkp } from './surfaces/vkp/index.ts'

/** A route of a surface, with a path that it has. */
export interface Door {
  readonly surface: SurfaceName
  readonly method: Route['method']
  readonly path: string
}

const PLAYED = { control, ehr, helseid, 'jft-read': jftRead, 'jft-write': jftWrite, pit, selvbetjening, ttt, vkp }

/** A value for each parameter of a path. */
const VALUES: Readonly<Record<string, string>> = { orgnr: '313231593', type: 'Composition', name: 'default' }

/** Every route of every surface: a new one is tested by being there. */
export const DOORS: readonly Door[] = Object.entries(PLAYED).flatMap(([name, { routes }]) =>
  routes.map(({ method, path }) => ({
    surface: name as SurfaceName,
    method,
    path: SURFACES[name as SurfaceName].prefix + path.replace(/:(\w+)/g, (_, parameter) => VALUES[parameter] ?? 'x1'),
  })),
)
