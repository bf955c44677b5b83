import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Rows above and below what can be seen that are drawn too, so that a fast scroll or `j` finds them. */
const OVERSCAN = 12

/** Which rows of a long list to draw: those from `first` up to `end`, with room of so many pixels around them. */
export interface Windowed {
  readonly first: number
  readonly end: number
  readonly before: number
  readonly after: number
}

/**
 * Which of `count` rows, each `height` pixels high, can be seen. `list`: the element that holds the rows; it scrolls itself when
 * it can, otherwise with the page.
 */
export function useWindowed<E extends HTMLElement>(
  count: number,
  height: number,
): Windowed & { readonly list: RefObject<E | null> } {
  const list = useRef<E>(null)
  const [{ top, room }, setView] = useState({ top: 0, room: 1_000 })
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const look = () => {
      const scrolls = element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY === 'auto'
      const view = scrolls
        ? { top: element.scrollTop, room: element.clientHeight }
        : { top: -element.getBoundingClientRect().top, room: window.innerHeight }
      setView((last) => (last.top === view.top && last.room === view.room ? last : view))
    }
    look()
    for (const target of [element, window]) target.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      for (const target of [element, window]) target.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [])
  const first = Math.min(Math.max(0, Math.floor(top / height) - OVERSCAN), Math.max(0, count - 1))
  const end = Math.min(count, Math.max(first, Math.ceil((top + room) / height) + OVERSCAN))
  return { list, first, end, before: first * height, after: (count - end) * height }
}
