import { z } from 'zod'

const FORM = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

const MESSAGE = 'must be a duration such as PT10M, or milliseconds'

/** A length of time: a number of milliseconds, or days, hours, minutes and seconds of ISO 8601. Read as milliseconds. */
export const duration = z.union([z.number(), z.string().regex(FORM).transform(millisecondsOf)], { error: MESSAGE })

function millisecondsOf(text: string): number {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (FORM.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}
