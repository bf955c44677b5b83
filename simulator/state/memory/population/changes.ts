import type { HealthRecord, Person, PersonChange } from '../../population.ts'
import type { Population, Residents } from '../../ports.ts'

/** The persons of one sandbox: those that all know, and what has happened to them here. */
export function createChangingPopulation(residents: Residents): Population {
  let changes: readonly PersonChange[] = []
  const asNow = (record: HealthRecord) => changes.reduce((before, change, at) => after(before, change, at + 1), record)
  return {
    async find(identityNumber) {
      const record = await residents.find(identityNumber)
      return record && asNow(record)
    },
    list: async () => (await residents.list()).map(asNow),
    async change(change) {
      const record = (await residents.list()).find(({ person }) => person.id === change.person)
      if (!record || isGone(asNow(record).person)) return undefined
      changes = [...changes, change]
      return asNow(record)
    },
    changes: async () => changes,
    async load(others) {
      changes = others
    },
  }
}

function isGone({ deceased, movedAway }: Person): boolean {
  return deceased !== undefined || movedAway !== undefined
}

/** Given names of persons who were not there before. */
const NAMES = ['RASK', 'MILD', 'STØDIG', 'VÅKEN', 'BLID', 'KLOK']

const newAddress = (number: number) => ({ street: `Nyveien ${number}`, doorHint: '1. etasje', lock: undefined })

/** The record after a change that concerns it; `number` tells the changes of a sandbox apart. */
function after(record: HealthRecord, { person: id, change, time }: PersonChange, number: number): HealthRecord {
  if (id !== record.person.id) return record
  const { person } = record
  switch (change) {
    case 'address':
      return { ...record, person: { ...person, ...newAddress(number) } }
    case 'next-of-kin': {
      const given = NAMES[number % NAMES.length] ?? ''
      const phone = `+47999${String(10_000 + number).slice(-5)}`
      return { ...record, person: { ...person, nextOfKin: { given, family: person.family, relation: 'Nabo', phone } } }
    }
    case 'death':
      return withoutServices({ ...record, person: { ...person, deceased: time } }, time)
    case 'moved-away': {
      const elsewhere = { ...newAddress(number), city: 'ANNETSTED', postalCode: '0002' }
      return withoutServices({ ...record, person: { ...person, ...elsewhere, movedAway: time } }, time)
    }
  }
}

function withoutServices(record: HealthRecord, time: string): HealthRecord {
  const end = time.slice(0, 10)
  const services = record.services.map((service) =>
    service.status === 'active' ? { ...service, status: 'finished' as const, end } : service,
  )
  return { ...record, services, visits: [] }
}
