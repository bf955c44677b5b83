import { useEffect, useId, useRef, useState } from 'react'
import { completions, type Grammar, mistakesIn } from './search.ts'
import './search-box.css'
import { text } from '../text/text.ts'

interface SearchBoxProps {
  readonly value: string
  readonly change: (value: string) => void
  /** What can be written after each field's name. */
  readonly vocabulary: Readonly<Record<string, readonly string[]>>
  readonly grammar: Grammar
  /** How many were found, in words. */
  readonly found: string
  readonly placeholder?: string
}

/** The names of all fields, though no row that the page has read has a value of them. */
function namesOf(grammar: Grammar): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(grammar).map(([name, takes]) => [name, Array.isArray(takes) ? takes : []]))
}

/** A search with completion (ARIA combobox pattern): arrow keys choose, Tab or Enter takes, Escape closes. */
export function SearchBox({ value, change, vocabulary, grammar, found, placeholder }: SearchBoxProps) {
  const id = useId()
  const names = { ...namesOf(grammar), ...vocabulary }
  const { input, written, options, active, take, write, setOpen, onKeyDown } = useCompletion(value, change, names)
  const mistakes = mistakesIn(written, grammar)
  return (
    <div className="search">
      <input
        ref={input}
        data-search
        className="search-input"
        type="text"
        role="combobox"
        aria-label={text.search.label}
        aria-describedby={`${id}-found`}
        aria-expanded={options.length > 0}
        aria-controls={`${id}-options`}
        aria-autocomplete="list"
        aria-activedescendant={options[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder ?? text.search.placeholder}
        title={text.search.hint}
        value={written}
        onChange={(event) => {
          setOpen(/\S$/.test(event.target.value))
          write(event.target.value)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span className="search-key" aria-hidden="true">
        /
      </span>
      <span id={`${id}-found`} className="quiet search-found" role="status">
        {mistakes.length === 0 && found}
      </span>
      {mistakes.length > 0 && (
        <ul className="search-mistakes" role="alert">
          {mistakes.map((mistake) => (
            <li key={JSON.stringify(mistake)}>{text.search.mistake(mistake)}</li>
          ))}
        </ul>
      )}
      <Options id={id} options={options} active={active} take={take} />
    </div>
  )
}

/** What is written, what it can be completed to, and what the keys do. */
function useCompletion(value: string, change: (value: string) => void, vocabulary: SearchBoxProps['vocabulary']) {
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState(value)
  const options = open ? completions(written, vocabulary) : []
  const write = (search: string) => {
    setWritten(search)
    setActive(-1)
    change(search)
  }
  /** The name of a field continues with its values. */
  const take = (search: string) => {
    setOpen(search.endsWith(':'))
    write(search)
  }
  // The search comes back through the URL, later than the next key; while one writes, what is written counts.
  useEffect(() => {
    if (document.activeElement !== input.current) setWritten(value)
  }, [value])
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const option = options[active]
    if (event.key === 'Escape') {
      if (options.length > 0) setOpen(false)
      else event.currentTarget.blur()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setOpen(true)
      setActive((active + step + options.length) % Math.max(options.length, 1))
    } else if (event.key === 'Enter') {
      if (option) take(option.text)
      else setOpen(false)
    } else if (event.key === 'Tab' && option) {
      event.preventDefault()
      take(option.text)
    }
  }
  return { input, written, options, active, take, write, setOpen, onKeyDown }
}

interface OptionsProps {
  readonly id: string
  readonly options: ReturnType<typeof completions>
  readonly active: number
  readonly take: (text: string) => void
}

function Options({ id, options, active, take }: OptionsProps) {
  return (
    <div
      id={`${id}-options`}
      role="listbox"
      aria-label={text.search.suggestions}
      className="search-options"
      hidden={options.length === 0}
    >
      {options.map((option, index) => (
        <div
          key={option.label}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            // The input keeps the focus.
            event.preventDefault()
            take(option.text)
          }}
        >
          {option.label}
        </div>
      ))}
    </div>
  )
}
