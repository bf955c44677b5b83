import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { links, openView } from '../data/links.ts'
import { text } from '../text/text.ts'
import './palette.css'
import { queries } from '../data/queries.ts'

interface Target {
  readonly name: string
  readonly kind: string
  readonly href: string
}

/** How many targets are shown. */
const SHOWN = 12

/** Goes to a view, an exchange, an event, a rule or a vendor by a few letters of its name. `close`: it is done. */
export function Palette({ close }: { readonly close: () => void }) {
  const id = useId()
  const [written, setWritten] = useState('')
  const [active, setActive] = useState(0)
  const found = useTargets(written.trim()).slice(0, SHOWN)
  const go = (target: Target | undefined) => {
    if (target === undefined) return
    close()
    openView(target.href)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive((active + step + found.length) % Math.max(found.length, 1))
    else if (event.key === 'Enter') go(found[active])
    else return
    event.preventDefault()
  }
  return (
    <div className="palette">
      <input
        ref={focus}
        role="combobox"
        aria-label={text.palette.label}
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={text.palette.placeholder}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={text.palette.label}>
        {found.map((target, index) => (
          <div
            key={`${target.kind} ${target.name}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={() => go(target)}
          >
            <span className="anywhere">{target.name}</span> <span className="quiet">{target.kind}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet">{text.search.nothing}</p>}
    </div>
  )
}

/** The dialog was open before the field was there. */
function focus(field: HTMLInputElement | null): void {
  field?.focus()
}

function useTargets(written: string): readonly Target[] {
  const rules = useQuery(queries.rules).data?.rules ?? []
  const events = useQuery(queries.events).data?.events ?? []
  const exchanges = useQuery(queries.exchanges).data ?? []
  const { kinds } = text.palette
  if (written === '') return views()
  const vendors = [...new Set(exchanges.flatMap(({ clientName }) => clientName ?? []))]
  const all: Target[] = [
    ...views(),
    ...exchanges.map(({ id }) => ({ name: id, kind: kinds.request, href: links.exchange(id) })),
    ...events.map(({ type, id }) => ({
      name: `${type}/${id}`,
      kind: kinds.event,
      href: links.event(`${type}/${id}`),
    })),
    ...rules.map(({ id, title }) => ({ name: id, kind: title, href: links.rules(`rule:${id}`) })),
    ...vendors.map((name) => ({
      name,
      kind: kinds.vendor,
      href: links.traffic(`vendor:${JSON.stringify(name)}`),
    })),
  ]
  const wanted = written.toLowerCase()
  const rank = ({ name }: Target) => (name.toLowerCase().startsWith(wanted) ? 0 : 1)
  const anywhere: Target = {
    name: written,
    kind: kinds.search,
    href: links.traffic(/\s/.test(written) ? `"${written.replaceAll('"', '')}"` : written),
  }
  const found = all.filter(({ name, kind }) => `${name} ${kind}`.toLowerCase().includes(wanted))
  return [...found.sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN - 1), anywhere]
}

function views(): readonly Target[] {
  const kind = text.palette.kinds.view
  return [
    { name: text.overview.tab, kind, href: links.overview },
    { name: text.events.tab, kind, href: links.events() },
    { name: text.persons.tab, kind, href: links.persons() },
    { name: text.rejected.tab, kind, href: links.rejected() },
    { name: text.traffic.tab, kind, href: links.traffic() },
    { name: text.validate.tab, kind, href: links.validate },
    { name: text.scenarios.tab, kind, href: links.scenarios() },
    { name: text.world.tab, kind, href: links.world },
    { name: text.rules.tab, kind, href: links.rules() },
  ]
}
