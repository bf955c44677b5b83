import { Heading, Link, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { PatientList, PatientSummary } from '../data/api.ts'
import { links, openView } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { Empty, Loaded, Time } from '../parts/parts.tsx'
import { useMask } from '../parts/reveal.ts'
import { text } from '../text/text.ts'
import './persons.css'
import { Readers, Version } from './version.tsx'

/** `#/persons`: what PIT has of the patients of a municipality, in which version, and who has read them; live. */
export function PersonsView({ municipality }: { readonly municipality: string }) {
  const patients = useQuery(queries.patients(municipality))
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.persons.heading}
        </Heading>
        <p className="quiet">{text.persons.lead}</p>
      </div>
      <Loaded query={patients}>{(list) => <Persons list={list} municipality={municipality} />}</Loaded>
    </>
  )
}

interface PersonsProps {
  readonly list: PatientList
  readonly municipality: string
}

function Persons({ list, municipality }: PersonsProps) {
  if (list.usage.patients === 0) return <Empty title={text.persons.empty}>{text.persons.emptyLead}</Empty>
  const shown = text.persons.count(list.patients.length, list.matching)
  return (
    <>
      <Municipality list={list} municipality={municipality} shown={shown} />
      <div className="panel events-panel">
        <table className="persons">
          <caption className="ds-sr-only">{`${text.persons.heading}: ${shown}`}</caption>
          <thead>
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {text.persons.columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.patients.map((patient) => (
              <PersonRow key={patient.id} patient={patient} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const COLUMNS = ['name', 'municipality', 'version', 'readers'] as const

function Municipality({ list, municipality, shown }: PersonsProps & { readonly shown: string }) {
  const id = useId()
  return (
    <div className="persons-filter">
      <div className="form-field">
        <label htmlFor={id}>{text.persons.municipality}</label>
        <select
          id={id}
          className="field"
          value={municipality}
          onChange={({ target }) => openView(links.persons(target.value))}
        >
          <option value="">{text.persons.all}</option>
          {[...new Set([...list.municipalities, ...(municipality === '' ? [] : [municipality])])].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </div>
      <p className="quiet">{shown}</p>
    </div>
  )
}

function PersonRow({ patient }: { readonly patient: PatientSummary }) {
  const mask = useMask()
  const { id, name, number, municipality, lastUpdated } = patient
  return (
    <tr>
      <td>
        <Link data-color="accent" data-row href={links.person(id)}>
          {name === null ? text.persons.nameless : mask(name)}
        </Link>{' '}
        <span className="quiet">{number === null ? '' : mask(number)}</span>
      </td>
      <td>{municipality}</td>
      <td>
        <div className="persons-tags">
          <Version patient={patient} />
          {lastUpdated !== null && <Time value={lastUpdated} />}
        </div>
      </td>
      <td>
        <div className="persons-tags">
          {patient.readers.length === 0 && <Tag data-color="neutral">{text.persons.nobody}</Tag>}
          <Readers patient={patient} />
        </div>
      </td>
    </tr>
  )
}
