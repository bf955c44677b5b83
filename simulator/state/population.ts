import { z } from 'zod'
import { SERVICE_CODES } from '../ground/service-codes.ts'

const date = z.iso.date()
const identityNumber = z.string().regex(/^\d{11}$/)
const owned = { id: z.string().min(1), person: identityNumber }

/** A person who does not exist. */
export const personSchema = z.object({
  id: z.string().min(1),
  identityNumber,
  given: z.string(),
  family: z.string(),
  gender: z.enum(['female', 'male']),
  maritalStatus: z.enum(['Married', 'Never Married', 'Widowed', 'Divorced']),
  birthDate: date,
  phone: z.string(),
  street: z.string(),
  /** How to find the door. */
  doorHint: z.string(),
  /** The electronic lock of the door, where there is one. */
  lock: z.string().optional(),
  city: z.string(),
  postalCode: z.string(),
  /** Municipality, district and area, parted by `|`. */
  zone: z.string(),
  household: z.string(),
  /** When the person died, ISO 8601. */
  deceased: z.iso.datetime().optional(),
  /** When the person moved out of the municipality, ISO 8601. */
  movedAway: z.iso.datetime().optional(),
  nextOfKin: z.object({ given: z.string(), family: z.string(), relation: z.string(), phone: z.string() }),
  practitioner: z.object({ herId: z.string(), name: z.string() }),
})

/** A service that a person has, or had. */
export const serviceSchema = z.object({
  ...owned,
  code: z.enum(SERVICE_CODES),
  status: z.enum(['active', 'finished']),
  start: date,
  end: date.optional(),
})

/** A visit that is made every day, at a time in UTC. */
export const visitSchema = z.object({
  ...owned,
  time: z.string().regex(/^\d\d:\d\d$/),
  minutes: z.int().min(1),
  description: z.string(),
})

/** What is done about one area of a person's needs. */
export const actionPlanSchema = z.object({
  ...owned,
  /** The plan is revised again and again, after this many days. */
  revisedEveryDays: z.int().min(1),
  areas: z.array(
    z.object({ title: z.string(), problem: z.string(), goal: z.string(), action: z.string(), evaluation: z.string() }),
  ),
})

/** A diagnosis, coded in ICPC-2. */
export const conditionSchema = z.object({ ...owned, icpc2: z.string(), name: z.string(), recorded: date })

export const allergySchema = z.object({
  ...owned,
  substance: z.string(),
  category: z.enum(['food', 'medication', 'environment', 'biologic']),
  criticality: z.enum(['low', 'high']),
})

/** A medication in use, coded in ATC. */
export const medicationSchema = z.object({
  ...owned,
  atc: z.string(),
  name: z.string(),
  product: z.string(),
  dosage: z.string(),
  start: date,
})

/** What can happen to a person. The last two end all services. */
export const PERSON_CHANGES = ['address', 'next-of-kin', 'death', 'moved-away'] as const

/** Something that happened to a person, who is named by `id`. */
export const personChangeSchema = z.strictObject({
  person: z.string().min(1),
  change: z.enum(PERSON_CHANGES),
  time: z.iso.datetime(),
})

export type PersonChange = z.infer<typeof personChangeSchema>
export type ServiceCode = (typeof SERVICE_CODES)[number]
export type Person = z.infer<typeof personSchema>
export type PersonService = z.infer<typeof serviceSchema>
export type HomeVisit = z.infer<typeof visitSchema>
export type ActionPlan = z.infer<typeof actionPlanSchema>
export type Condition = z.infer<typeof conditionSchema>
export type Allergy = z.infer<typeof allergySchema>
export type Medication = z.infer<typeof medicationSchema>

/** One person with all that the EHR has of them. */
export interface HealthRecord {
  readonly person: Person
  readonly services: readonly PersonService[]
  readonly visits: readonly HomeVisit[]
  readonly actionPlans: readonly ActionPlan[]
  readonly conditions: readonly Condition[]
  readonly allergies: readonly Allergy[]
  readonly medications: readonly Medication[]
}
