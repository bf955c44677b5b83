import { SURFACE_NAMES, type SurfaceName } from './ground/surfaces.ts'
import type { Surface } from './http/surface.ts'
import { control } from './surfaces/control/index.ts'
import { ehr } from './surfaces/ehr/index.ts'
import { helseid } from './surfaces/helseid/index.ts'
import { jftRead } from './surfaces/jft-read/index.ts'
import { jftWrite } from './surfaces/jft-write/index.ts'
import { pit } from './surfaces/pit/index.ts'
import { selvbetjening } from './surfaces/selvbetjening/index.ts'
import { ttt } from './surfaces/ttt/index.ts'
import { vkp } from './surfaces/vkp/index.ts'

const ROUTED: Readonly<Record<SurfaceName, Surface>> = {
  helseid,
  ttt,
  selvbetjening,
  'jft-write': jftWrite,
  'jft-read': jftRead,
  pit,
  vkp,
  ehr,
  control,
}

/** One endpoint that is registered: a surface or a route that is added is here without a word. */
export interface Door {
  readonly surface: SurfaceName
  readonly method: string
  /** Below the surface's base URL, with parameters as `:name`. */
  readonly path: string
}

export const DOORS: readonly Door[] = SURFACE_NAMES.flatMap((surface) =>
  ROUTED[surface].routes.map(({ method, path }) => ({ surface, method, path })),
)

/** The path with each parameter filled in, by its name and the segment before it. */
export function filledPath(
  { path }: Pick<Door, 'path'>,
  values: Readonly<Record<string, string>>,
  other: string,
): string {
  const segments = path.split('/')
  return segments
    .map((segment, index) => {
      if (!segment.startsWith(':')) return segment
      return values[`${segments[index - 1]}/${segment}`] ?? values[segment] ?? other
    })
    .join('/')
}
