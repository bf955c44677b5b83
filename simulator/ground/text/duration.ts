import { z } from 'zod'

const FORM = /^P(?=\d|T)(?:(\d{1,15})D)?(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15}(?:\.\d{1,15})?)S)?)?$/
/** Milliseconds of a day, an hour, a minute and a second. */
const UNITS = [86_400_000, 3_600_000, 60_000, 1_000]

/** Milliseconds of an ISO 8601 duration in days to seconds. Throws when the text is not one. */
export function milliseconds(text: string): number {
  const parts = FORM.exec(text)?.slice(1)
  if (!parts) throw new Error(`${text} is not a duration such as PT10M.`)
  return UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0)
}

const MESSAGE = 'must be a duration such as PT10M, or milliseconds'

/** A length of time: a number of milliseconds, or days, hours, minutes and seconds of ISO 8601. Read as milliseconds. */
export const duration = z.union([z.number(), z.string().regex(FORM).transform(milliseconds)], { error: MESSAGE })
