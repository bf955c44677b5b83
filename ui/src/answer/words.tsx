import { Fragment, type ReactNode } from 'react'

/** A sentence with its names, which stand in backticks, as code. */
export function Words({ children }: { readonly children: string }): ReactNode {
  const [before = '', name, ...rest] = children.split('`')
  if (name === undefined) return before
  return (
    <Fragment>
      {before}
      <code>{name}</code>
      <Words>{rest.join('`')}</Words>
    </Fragment>
  )
}
