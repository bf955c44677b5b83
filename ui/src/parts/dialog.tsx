import { Button } from '@digdir/designsystemet-react'
import { type ComponentProps, type ReactNode, useId, useRef, useState } from 'react'
import './dialog.css'
import { text } from '../text/text.ts'

/** How the button looks that opens a dialog; `aria-label` where its words alone do not say what it is about. */
export type Opener = Pick<ComponentProps<typeof Button>, 'variant' | 'data-color' | 'aria-label' | 'disabled'>

interface DialogProps {
  /** The words of the button that opens it. */
  readonly open: string
  readonly opener?: Opener
  readonly title: string
  /** What the button says that closes it. */
  readonly closing?: string
  /** Beside the button that closes it. */
  readonly action?: (close: () => void) => ReactNode
  readonly children?: ReactNode
}

/** A button and the modal dialog that it opens; what is in it begins again each time. Escape closes it. */
export function Dialog({ open, opener = {}, title, closing = text.close, action, children }: DialogProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [shown, setShown] = useState(false)
  const close = () => dialog.current?.close()
  const show = () => {
    setShown(true)
    dialog.current?.showModal()
  }
  return (
    <>
      <Button data-size="sm" variant="secondary" aria-haspopup="dialog" {...opener} onClick={show}>
        {open}
      </Button>
      {/* The event comes after the focus went back: by then it may be open again. */}
      <dialog
        ref={dialog}
        className="dialog"
        aria-labelledby={id}
        onClose={({ currentTarget }) => setShown(currentTarget.open)}
      >
        {shown && (
          <div className="dialog-content">
            <h2 id={id} className="ds-heading" data-size="2xs">
              {title}
            </h2>
            {children}
            <div className="actions">
              {action?.(close)}
              <Button data-size="sm" variant="tertiary" onClick={close}>
                {closing}
              </Button>
            </div>
          </div>
        )}
      </dialog>
    </>
  )
}

interface ConfirmProps {
  readonly open: string
  readonly opener?: Opener
  readonly question: string
  readonly yes: string
  readonly act: () => void
}

/** A button that asks before it does what cannot be undone. */
export function Confirm({ open, opener = {}, question, yes, act }: ConfirmProps) {
  const accept = (close: () => void) => (
    <Button
      data-size="sm"
      data-color="danger"
      onClick={() => {
        close()
        act()
      }}
    >
      {yes}
    </Button>
  )
  return (
    <Dialog
      open={open}
      opener={{ 'data-color': 'danger', ...opener }}
      title={question}
      closing={text.cancel}
      action={accept}
    />
  )
}
