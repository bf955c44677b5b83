import { useEffect } from 'react'

/**
 * The keys of the page. `/` goes to the search; `j` and `k` to the next and previous element with `data-row`, and so do the arrows in a list beside a request; any other key to the
 * element with that key as `data-key`. `help` is called for `?`. Nothing happens while one writes or a
 * dialog is open.
 */
export function useKeyboard(help: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      if (run(event.key, help)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [help])
}

function run(key: string, help: () => void): boolean {
  if (key === '?') {
    help()
    return true
  }
  if (key === 'j' || key === 'k') return moveRow(key === 'j' ? 1 : -1)
  if (key === 'ArrowDown' || key === 'ArrowUp') return isInList() && moveRow(key === 'ArrowDown' ? 1 : -1)
  if (!/^[a-z/]$/.test(key)) return false
  const target = document.querySelector<HTMLElement>(key === '/' ? '[data-search]' : `[data-key="${key}"]`)
  if (!target) return false
  for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true
  target.focus()
  target.scrollIntoView({ block: 'nearest' })
  if (target.matches('a, button')) target.click()
  return true
}

/** In the list beside a request Tab stops once. */
function isInList(): boolean {
  return Boolean(document.activeElement?.closest('.rows-list'))
}

/** In a list beside a request, which need not be among its rows, what is open moves; elsewhere the focus. */
function moveRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => row.checkVisibility())
  const focused = document.activeElement
  const at = focused instanceof HTMLElement ? rows.indexOf(focused) : -1
  const selected = rows.findIndex((row) => row.ariaCurrent === 'true')
  const from = at >= 0 ? at : selected
  const row = rows[from < 0 ? 0 : from + step]
  if (!row) return rows.length > 0
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
  if (selected >= 0 || row.closest('.rows-list')) row.click()
  return true
}

/** One writes, or a dialog is open, behind which nothing may happen. */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}
