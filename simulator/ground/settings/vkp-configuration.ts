import { z } from 'zod'
import { SERVICE_CODES } from '../service-codes.ts'
import { trimEnd } from '../text/trim-end.ts'

const organization = z.string().regex(/^\d{9}$/, 'must be nine digits')
const vkpId = z.string().min(1).max(200)

const route = z
  .strictObject({
    orgnr: z.union([organization, z.literal('*')], 'must be nine digits or *'),
    vkpId: vkpId.default('*'),
    mode: z.enum(['classic', 'proxy']),
    ehrUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .refine(isBare, 'must have no query, fragment or user information: the path of the search is added to it')
      .optional(),
  })
  .transform(({ ehrUrl, ...row }) => (ehrUrl === undefined ? row : { ...row, ehrUrl: trimEnd(ehrUrl, '/') }))

/** A query or a fragment would swallow what is added to the URL, and user information would be sent in clear. */
function isBare(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { username, password } = new URL(text)
  return username === '' && password === '' && !/[?#]/.test(text)
}

const entry = z.strictObject({
  orgnr: organization,
  vkpId,
  active: z.boolean().default(true),
  serviceCodes: z.array(z.string().toLowerCase().pipe(z.enum(SERVICE_CODES))).default([...SERVICE_CODES]),
})

/** Rows of the route table, as a configuration file writes them. */
export const routesSchema = z.array(route)

/** Entries of VKP's register, as a configuration file writes them. */
export const registerSchema = z.array(entry)

/** The body of `PUT /_sim/routes`. */
export const routesBody = z.strictObject({ routes: routesSchema })

/** The body of `PUT /_sim/vkp/register`. */
export const registerBody = z.strictObject({ register: registerSchema })
