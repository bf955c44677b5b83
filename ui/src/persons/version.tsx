import { Tag } from '@digdir/designsystemet-react'
import type { PatientSummary } from '../data/api.ts'
import { text } from '../text/text.ts'
import { wordOf } from '../text/word-of.ts'

/** Which version of a patient is there, and what waits behind it. */
export function Version({ patient: { version, waiting } }: { readonly patient: PatientSummary }) {
  const queued = waiting.filter(({ due }) => due !== null).length
  const fates = [...new Set(waiting.flatMap(({ fate }) => fate ?? []))]
  return (
    <>
      <strong>{version === 0 ? text.persons.notYet : text.persons.version(version)}</strong>
      {queued > 0 && <Tag data-color="info">{text.persons.queued(queued)}</Tag>}
      {fates.map((fate) => (
        <Tag key={fate} data-color="danger">
          {wordOf(text.persons.fates, fate)}
        </Tag>
      ))}
    </>
  )
}

/** Who has read a patient, and whether it was the newest version. */
export function Readers({ patient: { readers } }: { readonly patient: PatientSummary }) {
  return readers.map(({ client, newest }) => (
    <Tag key={client} data-color={newest ? 'success' : 'warning'}>
      {newest ? text.persons.hasNewest(client) : text.persons.hasOlder(client)}
    </Tag>
  ))
}
