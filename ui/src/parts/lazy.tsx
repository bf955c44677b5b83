import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from './parts.tsx'

interface LazyProps<M> {
  /** Tells the modules apart. */
  readonly name: string
  readonly load: () => Promise<M>
  readonly children: (module: M) => ReactNode
}

/** A part of the page whose code is read when it is first shown; until then, that it is being read or why it could not be. */
export function Lazy<M>({ name, load, children }: LazyProps<M>) {
  return <Loaded query={useQuery({ queryKey: ['code', name], queryFn: load })}>{children}</Loaded>
}
