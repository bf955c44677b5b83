import { Alert, Button, Skeleton, Tag } from '@digdir/designsystemet-react'
import { type ReactNode, useState } from 'react'
import { ControlError } from '../data/api.ts'
import './parts.css'
import { text } from '../text/text.ts'
import { useMask } from './reveal.ts'

/** Milliseconds for which a button says that it has copied. */
const COPIED = 2_000

interface CopyProps {
  /** A function where the text is only worth making when it is wanted. */
  readonly value: string | (() => string)
  readonly what: string
  /** Shown instead of "Copy". */
  readonly label?: string
  /** The key that does the same. */
  readonly shortcut?: string
}

/** Copies `value` to the clipboard and says so. */
export function Copy({ value, what, label = text.copy, shortcut }: CopyProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await toClipboard(typeof value === 'string' ? value : value())
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED)
  }
  return (
    <Button
      className="copy"
      variant="secondary"
      data-color="neutral"
      data-key={shortcut}
      aria-label={label === what ? label : label === text.copy ? `${label} ${what}` : `${what} ${label}`}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? text.copied : label}</span>
    </Button>
  )
}

/** From another machine, over plain HTTP, a browser gives no clipboard: there the older way works. */
function toClipboard(written: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(written)
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = written
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return Promise.resolve()
}

/** A block of text to paste elsewhere; identity numbers are hidden in what is shown only. */
export function Snippet({ value, what }: { readonly value: string; readonly what: string }) {
  const mask = useMask()
  return (
    <div className="snippet">
      <pre>{mask(value)}</pre>
      <Copy value={value} what={what} />
    </div>
  )
}

const CLOCK = new Intl.DateTimeFormat(text.locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})
const CALENDAR = new Intl.DateTimeFormat(text.locale, { dateStyle: 'medium', timeStyle: 'medium' })

/** A moment as the reader's clock shows it; the full date on hover. `value`: ISO 8601. */
export function Time({ value }: { readonly value: string }) {
  const date = new Date(value)
  return (
    <time dateTime={value} title={`${CALENDAR.format(date)} (${value})`} className="nowrap">
      {CLOCK.format(date)}
    </time>
  )
}

/** A moment of a payload in words, as `Time` has it on hover; what is no moment stays as it is. */
export function momentOf(value: string): string {
  const date = new Date(value)
  return value.includes('T') && !Number.isNaN(date.getTime()) ? CALENDAR.format(date) : value
}

interface StatusProps {
  readonly value: number
  /** It is an error in name only, as the nonce challenge is. */
  readonly usual?: boolean
}

/** The HTTP status of an answer; 0: a fault reset the connection, and there was none. */
export function Status({ value, usual = false }: StatusProps) {
  const color = usual ? 'neutral' : value >= 400 || value === 0 ? 'danger' : 'success'
  return <Tag data-color={color}>{value === 0 ? '–' : value}</Tag>
}

/** Draws a query's data when it is there, and until then that it is being read or why it could not be. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: QueryState<T>
  readonly children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <Failure error={query.error} />
  return <Loading />
}

interface QueryState<T> {
  readonly data: T | undefined
  readonly error: Error | null
}

/** What went wrong, in words: nobody answered, what was asked for is gone, the simulator said no, or the page failed. */
export function reasonOf(error: Error): string {
  if (error instanceof ControlError && error.status < 500)
    return `${error.status === 404 ? text.notFound : text.refused}: ${error.message}`
  return error instanceof TypeError ? text.unreachable : `${text.failed}: ${error.message}`
}

function Failure({ error }: { readonly error: Error }) {
  const gone = error instanceof ControlError && error.status === 404
  return (
    <Alert data-color="danger">
      <p className="anywhere">{reasonOf(error)}</p>
      {gone && <p>{text.gone}</p>}
    </Alert>
  )
}

/** That something is being read. */
export function Loading() {
  return (
    <div className="loading" role="status" aria-label={text.loading}>
      <Skeleton width="40%" />
      <Skeleton />
      <Skeleton />
    </div>
  )
}

/** What a list says that has nothing in it. */
export function Empty({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="quiet">{children}</p>
    </div>
  )
}
