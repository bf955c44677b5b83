import type { z } from 'zod'
import type {
  actionPlanSchema,
  allergySchema,
  conditionSchema,
  medicationSchema,
  personSchema,
  serviceSchema,
  visitSchema,
} from '../../population.ts'
import { syntheticIdentityNumber } from './identity-number.ts'

type Owned<S extends z.ZodType> = Omit<z.input<S>, 'id' | 'person'>

/** One person with all that the EHR has of them, as it is written here; ids are given when it is stored. */
export interface Seed extends Omit<z.input<typeof personSchema>, 'id' | 'practitioner' | 'city' | 'postalCode'> {
  readonly services: readonly Owned<typeof serviceSchema>[]
  readonly visits?: readonly Owned<typeof visitSchema>[]
  readonly actionPlans?: readonly Owned<typeof actionPlanSchema>[]
  readonly conditions?: readonly Owned<typeof conditionSchema>[]
  readonly allergies?: readonly Owned<typeof allergySchema>[]
  readonly medications?: readonly Owned<typeof medicationSchema>[]
}

type Code = Seed['services'][number]['code']

const active = (code: Code, start: string) => ({ code, status: 'active' as const, start })
const finished = (code: Code, start: string, end: string) => ({ code, status: 'finished' as const, start, end })
const visit = (time: string, minutes: number, description: string) => ({ time, minutes, description })
const medication = (atc: string, name: string, product: string, dosage: string, start: string) => ({
  atc,
  name,
  product,
  dosage,
  start,
})

const BORN = {
  lysestake: { date: '1938-04-17', gender: 'female', series: 80 },
  fiskesnøre: { date: '1942-11-05', gender: 'male', series: 65 },
  trekkspill: { date: '1955-08-23', gender: 'female', series: 80 },
  vindmølle: { date: '1949-01-30', gender: 'male', series: 65 },
} as const

const born = (name: keyof typeof BORN) => {
  const { date, gender } = BORN[name]
  return { identityNumber: syntheticIdentityNumber(BORN[name]), birthDate: date, gender }
}

/** The first is the patient of NHN's public example, the second a person that NHN reserved for tests. */
export const PEOPLE: readonly Seed[] = [
  {
    identityNumber: '02850097219',
    birthDate: '2000-05-02',
    gender: 'female',
    given: 'NONFIGURATIV',
    family: 'HESTESKO',
    maritalStatus: 'Never Married',
    phone: '+4799999901',
    street: 'Eksempelveien 1',
    doorHint: '3. etasje, dør til høyre',
    lock: 'Nøkkelboks 4',
    zone: 'Eksempel|Sentrum|Øst',
    household: 'Bor alene. Har hund.',
    nextOfKin: { given: 'SKARP', family: 'HESTESKO', relation: 'Søster', phone: '+4799999911' },
    services: [
      active('rt', '2025-01-15'),
      active('ta', '2025-01-15'),
      active('md', '2025-03-01'),
      active('dt', '2025-06-10'),
      active('dho', '2025-06-10'),
      finished('gps', '2024-02-01', '2024-11-30'),
    ],
    visits: [
      visit('07:30', 10, 'Påkledning'),
      visit('12:00', 30, 'Levering av mat'),
      visit('18:00', 30, 'Sårbehandling'),
      visit('21:30', 30, 'Hjelp med nattmat. Avkledning'),
    ],
    actionPlans: [
      {
        revisedEveryDays: 28,
        areas: [
          {
            title: 'Ernæring',
            problem: 'Nedsatt matlyst',
            goal: 'Stabil vekt',
            action: 'Næringsdrikk to ganger daglig',
            evaluation: 'Ukentlig',
          },
          {
            title: 'Sirkulasjon',
            problem: 'Høy puls ved anstrengelse',
            goal: 'Hvilepuls under 100',
            action: 'Måler puls hver morgen. Ring ved rødt varsel.',
            evaluation: 'Hver måned',
          },
        ],
      },
    ],
    conditions: [
      { icpc2: 'R95', name: 'Kronisk obstruktiv lungesykdom', recorded: '2024-05-01' },
      { icpc2: 'K78', name: 'Atrieflimmer/flutter', recorded: '2023-09-14' },
    ],
    allergies: [{ substance: 'Penicillin', category: 'medication', criticality: 'high' }],
    medications: [
      medication('C07AB02', 'metoprolol', 'Metoprolol depottablett 50 mg', '1 tablett morgen', '2025-01-01'),
      medication('R03BB04', 'tiotropium', 'Tiotropium inhalasjonspulver 18 µg', '1 inhalasjon morgen', '2024-06-01'),
    ],
  },
  {
    identityNumber: '13717404089',
    birthDate: '1974-06-13',
    gender: 'female',
    given: 'ALLSIDIG',
    family: 'TELYS',
    maritalStatus: 'Married',
    phone: '+4799999902',
    street: 'Eksempelveien 12',
    doorHint: 'Inngang fra bakgården',
    zone: 'Eksempel|Sentrum|Vest',
    household: 'Bor med ektefelle.',
    nextOfKin: { given: 'ROLIG', family: 'TELYS', relation: 'Ektefelle', phone: '+4799999912' },
    services: [active('dho', '2025-09-01'), active('rt', '2025-09-01')],
    visits: [visit('09:00', 20, 'Veiledning i egenmåling')],
    conditions: [{ icpc2: 'T90', name: 'Diabetes type 2', recorded: '2019-03-20' }],
    medications: [
      medication('A10BA02', 'metformin', 'Metformin tablett 500 mg', '1 tablett morgen og kveld', '2019-04-01'),
    ],
  },
  {
    ...born('lysestake'),
    given: 'SINDIG',
    family: 'LYSESTAKE',
    maritalStatus: 'Widowed',
    phone: '+4799999903',
    street: 'Prøvestien 3',
    doorHint: 'Ring på hos nabo ved behov',
    lock: 'Elektronisk lås',
    zone: 'Eksempel|Nord|Prøveåsen',
    household: 'Bor alene.',
    nextOfKin: { given: 'KVIKK', family: 'LYSESTAKE', relation: 'Sønn', phone: '+4799999913' },
    services: [active('ta', '2023-10-02'), active('rt', '2023-10-02'), active('md', '2024-01-08')],
    visits: [visit('08:00', 15, 'Morgenstell'), visit('20:00', 15, 'Tilsyn')],
    actionPlans: [
      {
        revisedEveryDays: 14,
        areas: [
          {
            title: 'Sikkerhet',
            problem: 'Fallfare',
            goal: 'Kan tilkalle hjelp',
            action: 'Bærer trygghetsalarm døgnet rundt',
            evaluation: 'Ved hvert fall',
          },
        ],
      },
    ],
    conditions: [{ icpc2: 'L95', name: 'Osteoporose', recorded: '2018-01-11' }],
    allergies: [{ substance: 'Nøtter', category: 'food', criticality: 'low' }],
    medications: [
      medication('M05BA04', 'alendronsyre', 'Alendronat tablett 70 mg', '1 tablett hver mandag', '2018-02-01'),
    ],
  },
  {
    ...born('fiskesnøre'),
    given: 'RASK',
    family: 'FISKESNØRE',
    maritalStatus: 'Widowed',
    phone: '+4799999904',
    street: 'Prøvestien 8',
    doorHint: 'Hybel i kjelleren',
    zone: 'Eksempel|Nord|Fjæra',
    household: 'Bor med datter.',
    nextOfKin: { given: 'TAUS', family: 'FISKESNØRE', relation: 'Datter', phone: '+4799999914' },
    services: [active('gps', '2025-02-20'), active('dt', '2025-04-01'), active('rt', '2025-02-20')],
    visits: [visit('11:00', 45, 'Turfølge'), visit('23:45', 5, 'Tilsyn')],
    conditions: [{ icpc2: 'P70', name: 'Demens', recorded: '2024-12-03' }],
  },
  {
    ...born('trekkspill'),
    given: 'LUN',
    family: 'TREKKSPILL',
    maritalStatus: 'Divorced',
    phone: '+4799999905',
    street: 'Forsøksbakken 21',
    doorHint: '1. etasje',
    zone: 'Eksempel|Sør|Forsøksdalen',
    household: 'Bor alene.',
    nextOfKin: { given: 'NØYSOM', family: 'TREKKSPILL', relation: 'Bror', phone: '+4799999915' },
    services: [active('dho', '2026-01-12'), active('md', '2025-11-03'), active('rt', '2025-11-03')],
    visits: [visit('10:30', 20, 'Bytte av multidoserull')],
    conditions: [{ icpc2: 'K77', name: 'Hjertesvikt', recorded: '2025-10-15' }],
    allergies: [{ substance: 'Bjørkepollen', category: 'environment', criticality: 'low' }],
    medications: [medication('C03CA01', 'furosemid', 'Furosemid tablett 40 mg', '1 tablett morgen', '2025-10-16')],
  },
  {
    ...born('vindmølle'),
    given: 'STILLE',
    family: 'VINDMØLLE',
    maritalStatus: 'Married',
    phone: '+4799999906',
    street: 'Forsøksbakken 2',
    doorHint: 'Rødt hus',
    zone: 'Eksempel|Sør|Forsøksdalen',
    household: 'Bor med ektefelle.',
    nextOfKin: { given: 'BLID', family: 'VINDMØLLE', relation: 'Ektefelle', phone: '+4799999916' },
    services: [finished('ta', '2022-05-01', '2025-08-31')],
    conditions: [{ icpc2: 'N87', name: 'Parkinsonisme', recorded: '2021-06-30' }],
  },
]
