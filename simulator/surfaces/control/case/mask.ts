import { maskJson, maskValue } from '../../../ground/text/mask/mask.ts'
import type { OpenableCase } from './schema.ts'

type Texts = { readonly textBefore: string; readonly textAfter: string }

/** A case file with identity numbers masked: it may have been written by hand. */
export function maskCase(file: OpenableCase): OpenableCase {
  const { events, patients } = file.initial
  const initial = {
    ...file.initial,
    events: events.map(maskedResource),
    ...(patients && {
      patients: patients.map((one) => ({ ...maskedResource(one), queued: one.queued.map(maskedResource) })),
    }),
  }
  return maskValue({ ...file, initial }) as OpenableCase
}

/** The parts of a resource's text are no JSON by themselves, and their numbers stay numbers. */
function maskedResource<R extends Texts>(resource: R): R {
  const { textBefore, textAfter } = resource
  return { ...resource, textBefore: maskJson(textBefore).text, textAfter: maskedEnd(textAfter) }
}

/** It begins behind the value of `meta.lastUpdated`, in a string. */
function maskedEnd(text: string): string {
  return maskJson(`{"${text}`).text.slice(2)
}
