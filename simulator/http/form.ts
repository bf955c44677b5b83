import type { Context } from './context.ts'

/** The content type of a form (HTML, 4.10.21.7). */
export const FORM = 'application/x-www-form-urlencoded'

/** Whether the body of a request says of itself that it is a form; parameters such as a charset do not matter. */
export function isForm({ request }: Context): boolean {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === FORM
}

/** What is wrong with a body that is none. */
export function wrongForm({ request }: Context): string {
  return `Content-Type ${request.headers.get('content-type') || '(none)'} is not ${FORM}.`
}
