import {
  actionPlanSchema,
  allergySchema,
  conditionSchema,
  type HealthRecord,
  medicationSchema,
  type Person,
  personSchema,
  serviceSchema,
  visitSchema,
} from '../population.ts'
import type { Residents } from '../ports.ts'
import { PEOPLE, type Seed } from './population/people.ts'

/**
 * Creates the persons that every sandbox begins with. It is filled on first use: loading the entity layer costs more than all else at a start, and
 * most runs never ask the EHR.
 */
export function createPopulation(): Residents {
  let filled: Promise<Collections> | undefined
  const ready = () => {
    filled ??= createCollections()
    return filled
  }
  return {
    async find(identityNumber) {
      const collections = await ready()
      const person = collections.persons.findFirst((query) => query.where({ identityNumber }))
      return person && recordOf(collections, person)
    },
    async list() {
      const collections = await ready()
      return collections.persons.all().map((person) => recordOf(collections, person))
    },
  }
}

type Collections = Awaited<ReturnType<typeof emptyCollections>>

async function createCollections(): Promise<Collections> {
  const collections = await emptyCollections()
  await fill(collections, PEOPLE)
  return collections
}

async function emptyCollections() {
  const { Collection } = await import('./population/collection.ts')
  return {
    persons: new Collection({ schema: personSchema }),
    services: new Collection({ schema: serviceSchema }),
    visits: new Collection({ schema: visitSchema }),
    actionPlans: new Collection({ schema: actionPlanSchema }),
    conditions: new Collection({ schema: conditionSchema }),
    allergies: new Collection({ schema: allergySchema }),
    medications: new Collection({ schema: medicationSchema }),
  }
}

function recordOf(collections: Collections, person: Person): HealthRecord {
  const own = { person: person.identityNumber }
  return {
    person,
    services: collections.services.findMany((query) => query.where(own)),
    visits: collections.visits.findMany((query) => query.where(own)),
    actionPlans: collections.actionPlans.findMany((query) => query.where(own)),
    conditions: collections.conditions.findMany((query) => query.where(own)),
    allergies: collections.allergies.findMany((query) => query.where(own)),
    medications: collections.medications.findMany((query) => query.where(own)),
  }
}

const HOME = { city: 'EKSEMPEL', postalCode: '0001' }
const PRACTITIONER = { herId: '102287', name: 'Fastlege, Eksempel legesenter' }

async function fill(collections: Collections, people: readonly Seed[]): Promise<void> {
  for (const [index, seed] of people.entries()) await fillOne(collections, seed, index + 1)
}

async function fillOne(collections: Collections, seed: Seed, number: number): Promise<void> {
  const { services, visits = [], actionPlans = [], conditions = [], allergies = [], medications = [], ...person } = seed
  const own = (kind: string) => (index: number) => ({
    id: `${kind}-${number}-${index + 1}`,
    person: seed.identityNumber,
  })
  await collections.persons.create({ ...person, ...HOME, id: `patient-${number}`, practitioner: PRACTITIONER })
  await Promise.all([
    ...services.map((one, index) => collections.services.create({ ...one, ...own('service')(index) })),
    ...visits.map((one, index) => collections.visits.create({ ...one, ...own('visit')(index) })),
    ...actionPlans.map((one, index) => collections.actionPlans.create({ ...one, ...own('action-plan')(index) })),
    ...conditions.map((one, index) => collections.conditions.create({ ...one, ...own('condition')(index) })),
    ...allergies.map((one, index) => collections.allergies.create({ ...one, ...own('allergy')(index) })),
    ...medications.map((one, index) => collections.medications.create({ ...one, ...own('medication')(index) })),
  ])
}
