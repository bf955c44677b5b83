import { EVENT_TYPES } from '../ground/event-types.ts'
import { scopeOf, vkpScope } from '../ground/surfaces.ts'
import type { HealthRecord, ServiceCode } from '../state/population.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { EVENTS, type EventResource, type Someone } from './events.ts'
import { createRobot, nowOf, type Robot, type RobotWorld, unexpected } from './robot.ts'
import { type ResponseCentreSettings, type RobotEventKind, responseCentreSettings } from './settings.ts'

/** The ready-made clients of a vendor, for JFT and for VKP. */
const CLIENTS = {
  jft: 'acdc0123-acdc-0123-4567-0123456789ab',
  vkp: 'acdc0123-acdc-0123-4567-0123456789af',
} as const

/** Events that one tick sends at most; what is left over is sent by the ticks after. */
const EVENTS_PER_TICK = 100

/** The author of NHN's public example. */
const AUTHOR: Someone = { identityNumber: '11845599620', name: 'KRASS DALSIDE' }

/** The service that a patient has of whom there are such events. */
const SERVICES: Readonly<Record<RobotEventKind, ServiceCode>> = {
  note: 'rt',
  alarm: 'ta',
  measurement: 'dho',
  supervision: 'dt',
  'form-answer': 'dho',
  dispensing: 'md',
}

/** All that a robot response centre knows; it begins again with each configuration. */
interface State {
  readonly api: ApiClient
  /** When the next event is due, in milliseconds since the epoch. */
  next: number
  /** Events that were made; those that were not taken are the refused ones. */
  made: number
  submitted: number
}

/** A robot response centre: submits events of the chosen kinds in turn, at an even rate by the world's clock. */
export function createResponseCentre(world: RobotWorld): Robot {
  return createRobot(world, {
    settings: responseCentreSettings,
    begin,
    run,
    activity: (world, settings, state) => ({
      submitted: state.submitted,
      refused: state.made - state.submitted,
      behind: settings.on ? behind(world, settings, state) : 0,
    }),
  })
}

const stepOf = ({ eventsPerMinute }: ResponseCentreSettings) => 60_000 / eventsPerMinute

function begin(world: RobotWorld, { municipality, via }: ResponseCentreSettings): State {
  const jft = { clientId: CLIENTS.jft, municipality, scope: scopeOf('jft-write', 'write'), scheme: 'DPoP' } as const
  const vkp = { clientId: CLIENTS.vkp, scope: VKP_SCOPE, scheme: 'Bearer' } as const
  return {
    api: createApiClient(world, via === 'jft' ? jft : vkp),
    next: nowOf(world),
    made: 0,
    submitted: 0,
  }
}

const VKP_SCOPE = EVENT_TYPES.map((type) => vkpScope(type, 'write')).join(' ')

/** How many events are due and not sent yet. */
function behind(world: RobotWorld, settings: ResponseCentreSettings, { next }: State): number {
  const late = nowOf(world) - next
  return late < 0 ? 0 : Math.floor(late / stepOf(settings)) + 1
}

async function run(world: RobotWorld, settings: ResponseCentreSettings, state: State): Promise<void> {
  const now = nowOf(world)
  const step = stepOf(settings)
  state.next = Math.min(state.next, now + step)
  for (let sent = 0; sent < EVENTS_PER_TICK && state.next <= now; sent += 1) {
    const time = state.next
    state.next += step
    await submit(world, settings, state, time)
  }
}

async function submit(world: RobotWorld, settings: ResponseCentreSettings, state: State, time: number): Promise<void> {
  const event = await nextEvent(world, settings, state, time)
  state.made += 1
  const answer = await state.api.call('POST', targetOf(world, settings, event), {
    headers: { 'content-type': 'application/fhir+json', 'nhn-source-system': 'Robot response centre' },
    body: JSON.stringify(event),
  })
  if (!answer.ok) throw await unexpected(answer, `The ${event.resourceType}`)
  state.submitted += 1
}

function targetOf({ net }: RobotWorld, { via, municipality }: ResponseCentreSettings, event: EventResource): string {
  if (via === 'jft') return `${net.origins.local['jft-write']}/v1/${event.resourceType}`
  return `${net.origins.local.vkp}/epj/r4/${municipality}/${event.resourceType.toLowerCase()}`
}

/** Kinds take turns, and so do the patients who have the service that a kind belongs to. */
async function nextEvent(
  { state, time: { ids } }: RobotWorld,
  { kinds, municipality }: ResponseCentreSettings,
  { made: number }: State,
  time: number,
): Promise<EventResource> {
  const kind = kinds[number % kinds.length] ?? 'note'
  const patients = (await state.population.list()).filter((record) => hasService(record, SERVICES[kind]))
  const patient = patients[Math.floor(number / kinds.length) % patients.length]
  if (!patient) throw new Error(`There is no patient for the kind ${kind}.`)
  const scene = { author: AUTHOR, municipality, number, uuid: () => ids.uuid() }
  return EVENTS[kind]({ ...scene, patient: someone(patient), time: new Date(time).toISOString() })
}

function hasService({ services }: HealthRecord, wanted: ServiceCode): boolean {
  return services.some(({ code, status }) => code === wanted && status === 'active')
}

function someone({ person: { identityNumber, given, family } }: HealthRecord): Someone {
  return { identityNumber, name: `${given} ${family}` }
}
