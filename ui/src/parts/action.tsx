import { Button, type ButtonProps } from '@digdir/designsystemet-react'

interface ActionProps extends Omit<ButtonProps, 'disabled' | 'aria-disabled' | 'onClick'> {
  /** It cannot be pressed now: what it began is under way, or there is nothing to do. */
  readonly off: boolean
  readonly onClick?: () => void
}

/** A button that is sometimes off, and keeps the focus then: one that is `disabled` loses it, and the keyboard its place. */
export function Action({ off, onClick, ...rest }: ActionProps) {
  return (
    <Button
      data-size="sm"
      {...rest}
      aria-disabled={off || undefined}
      onClick={(click) => {
        if (off) click.preventDefault()
        else onClick?.()
      }}
    />
  )
}
