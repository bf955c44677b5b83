import { Heading, Link, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { PatientDetail } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { Lanes } from '../lanes/lanes.tsx'
import { Loaded, Time } from '../parts/parts.tsx'
import { Payload } from '../parts/payload.tsx'
import { useMask } from '../parts/reveal.ts'
import { text } from '../text/text.ts'
import './persons.css'
import { Version } from './version.tsx'

/** `#/persons/{id}`: one patient of PIT, its versions, who has read it, and its text. */
export function PersonView({ id }: { readonly id: string }) {
  const patient = useQuery(queries.patient(id))
  const mask = useMask()
  const name = patient.data?.name ?? text.persons.nameless
  return (
    <>
      <Link href={links.persons(patient.data?.municipality)} data-key="g">
        {text.persons.back}
      </Link>
      <div>
        <Heading level={1} data-size="sm">
          {patient.data ? mask(name) : 'Patient'}
        </Heading>
        <code className="quiet anywhere">Patient/{id}</code>
      </div>
      <Loaded query={patient}>{(detail) => <Detail patient={detail} />}</Loaded>
    </>
  )
}

function Detail({ patient }: { readonly patient: PatientDetail }) {
  const { resource, lastUpdated, municipality } = patient
  return (
    <>
      <section className="panel" aria-labelledby="versions">
        <Heading level={2} data-size="2xs" id="versions">
          {text.persons.versions}
        </Heading>
        <p className="persons-tags">
          <Version patient={patient} />
          {lastUpdated !== null && <Time value={lastUpdated} />}
          <span className="quiet">{municipality}</span>
        </p>
        <HandOvers patient={patient} />
      </section>
      <section className="panel" aria-labelledby="readers">
        <Heading level={2} data-size="2xs" id="readers">
          {text.persons.columns.readers}
        </Heading>
        <ReaderList patient={patient} />
      </section>
      <Lanes of={`event=${encodeURIComponent(`Patient/${patient.id}`)}`} />
      {resource !== null && (
        <section className="panel">
          <Heading level={2} data-size="2xs">
            {text.persons.resource}
          </Heading>
          <Payload text={resource} issues={[]} label={text.persons.resource} search />
        </section>
      )}
    </>
  )
}

/** The hand-overs that the journal still has. */
function HandOvers({ patient: { versions } }: { readonly patient: PatientDetail }) {
  if (versions.length === 0) return <p className="quiet">{text.persons.noHandOvers}</p>
  return (
    <ul className="persons-links">
      {versions.map(({ exchange, time, client }) => (
        <li key={exchange}>
          <Time value={time} />
          <Link data-row href={links.exchange(exchange)}>
            {text.persons.handedOver}
          </Link>
          <span className="quiet">{client}</span>
        </li>
      ))}
    </ul>
  )
}

function ReaderList({ patient: { readers } }: { readonly patient: PatientDetail }) {
  if (readers.length === 0) return <p className="quiet">{text.persons.nobody}</p>
  return (
    <ul className="persons-links">
      {readers.map(({ client, time, newest, exchange }) => (
        <li key={client}>
          <Time value={time} />
          <Link data-row href={links.exchange(exchange)}>
            {client}
          </Link>
          <Tag data-color={newest ? 'success' : 'warning'}>{newest ? text.persons.newest : text.persons.older}</Tag>
        </li>
      ))}
    </ul>
  )
}
