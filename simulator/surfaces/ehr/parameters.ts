import { parseTime } from '../../rules/time.ts'
import { SEARCH_FORMS, type SearchType } from '../../rules/vkp/search.ts'

/** A time window in milliseconds since the epoch, both ends included. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What a search asks for; all of time where it names no dates. */
export interface Wanted {
  readonly identityNumber?: string
  readonly window: Window
}

/** Reads the form of a search in which nothing is wrong. An identity number may have its system before it. */
export function readWanted(type: SearchType, form: URLSearchParams): Wanted {
  const value = form.get(SEARCH_FORMS[type].identifier)
  const times = form.getAll('date').map((date) => ({ prefix: date.slice(0, 2), time: parseTime(date.slice(2)) }))
  const from = times.flatMap(({ prefix, time }) => (prefix === 'ge' && time ? time.from / 1000 : []))
  const to = times.flatMap(({ prefix, time }) => (prefix === 'le' && time ? time.until / 1000 : []))
  return {
    ...(value === null ? {} : { identityNumber: value.replace(/^.*\|/, '') }),
    window: {
      from: from.reduce((latest, time) => Math.max(latest, time), Number.NEGATIVE_INFINITY),
      to: to.reduce((earliest, time) => Math.min(earliest, time), Number.POSITIVE_INFINITY),
    },
  }
}
