import { useEffect, useRef, useState } from 'react'
import { Lazy } from '../parts/lazy.tsx'
import { text } from '../text/text.ts'

/** The dialog that Ctrl-K or Cmd-K opens; what is in it is read then. */
export function PaletteDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen(true)
      dialog.current?.showModal()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  // It is told late that it was closed: by then it may be open again.
  const closed = () => setOpen(dialog.current?.open ?? false)
  return (
    <dialog ref={dialog} className="palette-dialog" aria-label={text.palette.label} onClose={closed}>
      {open && (
        <Lazy name="palette" load={() => import('./palette.tsx')}>
          {({ Palette }) => <Palette close={() => dialog.current?.close()} />}
        </Lazy>
      )}
    </dialog>
  )
}
