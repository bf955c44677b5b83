import { trimEnd } from '../../ground/text/trim-end.ts'

/*
 * Dates and times as the Firely .NET SDK reads them (ElementModel/Types): by a form of its own, then by
 * DateTimeOffset.TryParse, which from .NET 8 on takes a comma before the fraction. Instants then go through XmlConvert, and
 * are written again.
 */

const DAY = '(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?'
const FULL_DAY = '(\\d{4})-(\\d\\d)-(\\d\\d)'
const CLOCK = '(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:([.,])(\\d+))?)?)?'
const OFFSET = '(Z|[+-]\\d\\d:\\d\\d)?'
const DATE = new RegExp(`^${DAY}${OFFSET}$`)
const DATE_AND_TIME = new RegExp(`^${FULL_DAY}T${CLOCK}${OFFSET}$`)
const TIME_OF_DAY = new RegExp(`^${CLOCK}${OFFSET}$`)

/** A date or a time, taken apart. What is not written has its first value. */
interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly fraction: string
  /** Minutes; undefined where none is written. */
  readonly offset: number | undefined
}

/** Whether the text can be read as a date; unlike in FHIR it may have an offset. */
export function isDate(text: string): boolean {
  return readDate(text) !== undefined
}

/** Whether the text can be read as a dateTime; unlike in FHIR the minutes, the seconds and the offset may be missing. */
export function isDateTime(text: string): boolean {
  return readDateTime(text) !== undefined
}

/** Whether the text can be read as a time of day. */
export function isTime(text: string): boolean {
  const [whole, hours, minutes, seconds, , fraction, offset] = TIME_OF_DAY.exec(text) ?? []
  return whole !== undefined && momentOf([], [hours, minutes, seconds, fraction], offset) !== undefined
}

function readDate(text: string): Moment | undefined {
  const [whole, year, month, day, offset] = DATE.exec(text) ?? []
  return whole === undefined ? undefined : momentOf([year, month, day], [], offset)
}

function readDateTime(text: string): Moment | undefined {
  const [whole, year, month, day, hours, minutes, seconds, , fraction, offset] = DATE_AND_TIME.exec(text) ?? []
  if (whole === undefined) return readDate(text)
  return momentOf([year, month, day], [hours, minutes, seconds, fraction], offset)
}

type Written = readonly (string | undefined)[]

/** Any year does for a time of day that has none. */
const SOME_YEAR = '2016'

function momentOf(
  [year = SOME_YEAR, month = '1', day = '1']: Written,
  [hours = '0', minutes = '0', seconds = '0', fraction = '']: Written,
  offset: string | undefined,
): Moment | undefined {
  const moment = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hours: Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds),
    fraction,
    offset: offset === undefined ? undefined : minutesOf(offset),
  }
  return isInCalendar(moment) && isInRange(moment) ? moment : undefined
}

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  if (minutes > 59) return Number.NaN
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

const MOST_OFFSET = 14 * 60

function isInCalendar({ year, month, day, hours, minutes, seconds, offset = 0 }: Moment): boolean {
  const isDay = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return isDay && hours < 24 && minutes < 60 && seconds < 60 && Math.abs(offset) <= MOST_OFFSET
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const FIRST = dateOf({ year: 1, month: 1, day: 1, hours: 0, minutes: 0, seconds: 0 })
const BEHIND = dateOf({ year: 10_000, month: 1, day: 1, hours: 0, minutes: 0, seconds: 0 })

/** Whether it is in the years 1 to 9999, by its own clock and by UTC. The fraction is rounded to seven digits. */
function isInRange(moment: Moment): boolean {
  const local = dateOf(moment) + (Number(`0.${moment.fraction}0`) >= 0.99999995 ? 1000 : 0)
  const utc = local - (moment.offset ?? 0) * 60_000
  return local < BEHIND && utc >= FIRST && utc < BEHIND
}

type DateParts = Omit<Moment, 'fraction' | 'offset'>

/** Milliseconds; `Date.UTC` takes years below 100 for those of the last century. */
function dateOf({ year, month, day, hours, minutes, seconds }: DateParts): number {
  return new Date(Date.UTC(2000, month - 1, day, hours, minutes, seconds)).setUTCFullYear(year, month - 1, day)
}

/** An instant as it is written, or the message of the exception that XmlConvert throws; undefined for what is not a dateTime. */
export type InstantReading = { readonly text: string } | { readonly message: string } | undefined

/**
 * Reads an instant and writes it again: `Z` becomes `+00:00`, zeros at the end of the fraction go, more than seven digits are
 * rounded. A missing time is midnight, a missing offset that of the server, here UTC.
 */
export function readInstant(text: string): InstantReading {
  const moment = readDateTime(text)
  if (moment === undefined) return undefined
  const isLoneDate = !text.includes('T') && text.length <= 10
  const isReadable = isLoneDate ? moment.offset === undefined : !text.includes('T') || HAS_SECONDS.test(text)
  if (!isReadable) return { message: `The string '${text}${isLoneDate ? 'Z' : ''}' is not a valid AllXsd value.` }
  return { text: written(moment) }
}

/** XML Schema wants the seconds, and knows no comma. */
const HAS_SECONDS = /T\d\d:\d\d:\d\d(?!,)/

function written(moment: Moment): string {
  const { units, carries } = sevenDigits(moment.fraction)
  const date = new Date(dateOf(moment) + (carries ? 1000 : 0))
  const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':')
  const fraction = trimEnd(units, '0')
  const [year = 0, ...rest] = day
  const dayText = [String(year).padStart(4, '0'), ...rest.map(twoDigits)].join('-')
  return `${dayText}T${clock}${fraction === '' ? '' : `.${fraction}`}${offsetText(moment.offset ?? 0)}`
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}

const DIGITS = 7

/** The fraction in units of .NET, 100 ns; halves go to the even neighbour. */
function sevenDigits(fraction: string): { readonly units: string; readonly carries: boolean } {
  const kept = Number(fraction.slice(0, DIGITS).padEnd(DIGITS, '0'))
  const rest = fraction.slice(DIGITS)
  const isHalf = /^50*$/.test(rest)
  const isUp = isHalf ? kept % 2 === 1 : rest >= '5'
  const units = kept + (isUp ? 1 : 0)
  return { units: String(units % 10 ** DIGITS).padStart(DIGITS, '0'), carries: units === 10 ** DIGITS }
}

/** Whether a written instant says another time than the one that was sent, or one that this left open. */
export function saysMore(sent: string, written: string): boolean {
  const moment = readDateTime(sent)
  if (moment?.offset === undefined || !sent.includes('T')) return true
  return Number(moment.fraction.slice(DIGITS)) > 0 || readDateTime(written) === undefined
}
