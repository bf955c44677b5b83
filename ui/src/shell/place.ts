import { useEffect, useRef } from 'react'
import type { View } from '../data/links.ts'

/** Where each view was scrolled to when it was left, by its hash. */
const places = new Map<string, number>()
/** The view that is drawn, which scrolling is of. */
let shown = ''
/** A link was followed that does not lead back. */
let onwards = false

addEventListener('scroll', () => places.set(shown, window.scrollY), { passive: true })
addEventListener(
  'click',
  ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null
    onwards = link !== null && link.dataset.key !== 'g'
  },
  { capture: true },
)

/** What a list and one of it have in common is not the place: going from one to the other is going somewhere. */
function placeOf(view: View): string {
  const one = 'selected' in view && view.selected !== undefined
  return `${view.name} ${one}`
}

/**
 * A screen reader and the keyboard follow to a new view, which begins at its top; the way back leads to where one was. The first view of
 * a page load is left as it is.
 */
export function usePlace(view: View) {
  const main = useRef<HTMLElement>(null)
  const place = placeOf(view)
  const previous = useRef(place)
  useEffect(() => {
    const hash = window.location.hash
    shown = hash
    if (previous.current === place) return
    previous.current = place
    main.current?.focus({ preventScroll: true })
    const top = onwards ? 0 : (places.get(hash) ?? 0)
    onwards = false
    window.scrollTo(0, top)
    // What is drawn later may be what one was at.
    if (top > 0) requestAnimationFrame(() => window.scrollTo(0, top))
  })
  return main
}

/** Parts of the page that can have the focus instead of what was in them. */
const PARTS = 'dialog, section, main'

/** When what has the focus goes, such as a row with its button, the part around it that stays has it: never the whole page. */
export function useFocusKept(): void {
  useEffect(() => {
    let around: readonly HTMLElement[] = []
    const remember = ({ target }: FocusEvent) => {
      around = target instanceof HTMLElement ? partsAround(target) : []
    }
    const keep = () => {
      const [focused, ...parts] = around
      if (focused?.isConnected !== false || document.activeElement !== document.body) return
      const part = parts.find((one) => one.isConnected)
      if (part === undefined) return
      part.tabIndex = -1
      part.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(keep)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [])
}

/** An element and the parts that it is in, from the inside out. */
function partsAround(element: HTMLElement): HTMLElement[] {
  const parts = [element]
  for (let one = element.parentElement; one; one = one.parentElement) if (one.matches(PARTS)) parts.push(one)
  return parts
}

/** Names the page after its heading, with how much is unread. */
export function useTitle(unread: number, name: string): void {
  useEffect(() => {
    const write = () => {
      const heading = document.querySelector('main h1')?.textContent ?? ''
      const title = heading === '' ? name : `${heading} – ${name}`
      const whole = unread > 0 ? `(${unread}) ${title}` : title
      if (document.title !== whole) document.title = whole
    }
    write()
    const main = document.querySelector('main')
    const observer = new MutationObserver(write)
    if (main) observer.observe(main, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [unread, name])
}
