import { Fragment, type ReactNode } from 'react'

/** A sentence with its names, which stand in backticks, as code. */
export function Words({ children }: { readonly children: string }): ReactNode {
  const [before = '', name, ...rest] = children.split('`')
  if (name === undefined) return unbroken(before)
  return (
    <Fragment>
      {unbroken(before)}
      <code>{name}</code>
      <Words>{rest.join('`')}</Words>
    </Fragment>
  )
}

/** No line ends between the two brackets of an empty list. */
function unbroken(words: string): string {
  return words.replaceAll('[ ]', '[\u00a0]')
}
