import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefCallback, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/** Rows above and below what can be seen that are drawn too, so that a fast scroll or `j` finds them. */
const OVERSCAN = 12

/** Which rows of a long list to draw: those from `first` up to `end`, with room of so many pixels around them. */
export interface Windowed<E extends HTMLElement, R extends HTMLElement> {
  /** For the element that holds the rows. */
  readonly list: RefObject<E | null>
  readonly first: number
  readonly end: number
  readonly before: number
  readonly after: number
  /** For each row that is drawn, with its place in the whole list as `data-index`: it says how high it is. */
  readonly measure: RefCallback<R>
}

/** Which of `count` rows can be seen in a list that scrolls with the page. `estimate`: pixels of a row before it is drawn. */
export function usePageWindow<E extends HTMLElement, R extends HTMLElement>(
  count: number,
  estimate: number,
): Windowed<E, R> {
  const list = useRef<E>(null)
  const [scrollMargin, setMargin] = useState(0)
  // What stands above the list can grow or go with any render.
  useLayoutEffect(() => {
    if (list.current) setMargin(list.current.getBoundingClientRect().top + window.scrollY)
  })
  const options = { count, estimateSize: () => estimate, overscan: OVERSCAN, scrollMargin }
  const virtual = useWindowVirtualizer<R>(options)
  useNewEstimate(virtual, estimate)
  const range = rangeOf(virtual, scrollMargin)
  return usePrinting() ? { list, ...range, first: 0, end: count, before: 0, after: 0 } : { list, ...range }
}

/** Which of `count` rows can be seen in a list that scrolls itself, and is scrolled to the one at `selected` (-1: none). */
export function useListWindow<E extends HTMLElement, R extends HTMLElement>(
  count: number,
  estimate: number,
  selected: number,
): Windowed<E, R> {
  const list = useRef<E>(null)
  const options = { count, estimateSize: () => estimate, overscan: OVERSCAN, getScrollElement: () => list.current }
  const virtual = useVirtualizer<E, R>(options)
  const scrolled = useRef(false)
  useLayoutEffect(() => {
    if (scrolled.current || selected < 0) return
    scrolled.current = true
    virtual.scrollToIndex(selected, { align: 'center' })
  }, [virtual, selected])
  return { list, ...rangeOf(virtual, 0) }
}

/** Rows that were measured at another width of the window are another height now. */
function useNewEstimate<S extends Element | Window, R extends Element>(virtual: Virtualizer<S, R>, estimate: number) {
  const last = useRef(estimate)
  useLayoutEffect(() => {
    if (last.current !== estimate) virtual.measure()
    last.current = estimate
  }, [virtual, estimate])
}

/** Whether the page is printed: then all rows are drawn. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useLayoutEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing
}

function rangeOf<S extends Element | Window, R extends HTMLElement>(virtual: Virtualizer<S, R>, margin: number) {
  const items = virtual.getVirtualItems()
  const [first] = items
  const last = items.at(-1)
  return {
    first: first?.index ?? 0,
    end: last === undefined ? 0 : last.index + 1,
    before: first === undefined ? 0 : first.start - margin,
    // Before it is known how much can be seen, the room of all rows gives the list its height.
    after: virtual.getTotalSize() - (last === undefined ? 0 : last.end - margin),
    measure: virtual.measureElement,
  }
}
