import { type PointerEvent, useState } from 'react'
import './still.css'
import { text } from '../text/text.ts'

interface Still<T> {
  /** What is to be shown: without what came while the list stands still. */
  readonly rows: readonly T[]
  /** Above the list: how much has come meanwhile, and the way to pause. */
  readonly bar: React.ReactNode
  /** For the element around the list. */
  readonly hold: {
    readonly onPointerEnter: (event: PointerEvent) => void
    readonly onPointerLeave: () => void
    readonly onFocus: () => void
    readonly onBlur: () => void
  }
}

/** Pixels from the top of the page, below which one reads what is older. */
const AWAY = 200

/**
 * A list, newest first, that stands still while it is paused, under the pointer, has the focus, or is scrolled: what comes then is
 * counted. `keyOf` tells rows apart.
 */
export function useStill<T>(all: readonly T[], keyOf: (row: T) => string): Still<T> {
  const [paused, setPaused] = useState(false)
  const [over, setOver] = useState(false)
  const [top, setTop] = useState<string>()
  const still = paused || over || window.scrollY > AWAY
  const first = all[0] === undefined ? undefined : keyOf(all[0])
  // What is drawn next begins where this did.
  if (!still && top !== first) setTop(first)
  const at = still && top !== undefined ? all.findIndex((row) => keyOf(row) === top) : 0
  const fresh = Math.max(at, 0)
  const show = () => {
    setTop(first)
    window.scrollTo(0, 0)
  }
  const bar = (
    <p className="still">
      <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
        {paused ? text.still.resume : text.still.pause}
      </button>
      {fresh > 0 && (
        <button type="button" className="still-new" onClick={show}>
          {text.still.fresh(fresh)}
        </button>
      )}
    </p>
  )
  const hold = {
    onPointerEnter: ({ pointerType }: PointerEvent) => setOver(pointerType === 'mouse'),
    onPointerLeave: () => setOver(false),
    onFocus: () => setOver(true),
    onBlur: () => setOver(false),
  }
  return { rows: fresh === 0 ? all : all.slice(fresh), bar, hold }
}
