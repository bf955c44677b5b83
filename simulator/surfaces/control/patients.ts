import { formatStamp } from '../../ground/clock.ts'
import { collect } from '../../ground/collect.ts'
import { givenBy } from '../../ground/surfaces.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readNumbers } from '../../http/parameters.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { patientText } from '../../services/pit/page.ts'
import { processed } from '../../state/collections.ts'
import type { Exchange } from '../../state/exchange.ts'
import type { StoredPatient } from '../../state/records.ts'
import type { PatientDetail, PatientList, PatientReader, PatientSummary } from './patient-types.ts'

/** `GET /_sim/patients`: what PIT has of patients, newest change first, of all municipalities or of one. */
export async function listPatients(ctx: Context): Promise<Answer> {
  const { limit, skip } = readNumbers(ctx, { limit: 100, skip: 0 }, ['municipality'])
  const all = await storedPatients(ctx)
  const wanted = ctx.query.get('municipality')
  const found = wanted === null ? all : all.filter(({ municipality }) => municipality === wanted)
  const readings = await readingsOf(ctx)
  const patients = found.slice(skip, skip + Math.min(limit, 1_000)).map((one) => summaryOf(ctx, one, readings))
  const { maxBytes, bytes } = await ctx.world.state.patients.usage()
  const municipalities = [...new Set(all.map(({ municipality }) => municipality))].sort()
  return json(200, {
    patients,
    matching: found.length,
    municipalities,
    usage: { patients: all.length, bytes, maxBytes },
  } satisfies PatientList)
}

/** `GET /_sim/patients/{id}`: one with its text, and the hand-overs that the journal still has. */
export async function readPatient(ctx: Context): Promise<Answer> {
  const { id = '' } = ctx.params
  const patient = (await storedPatients(ctx)).find((one) => one.id === id)
  if (!patient) throw new Rejection(404, [issueOf('http-path', `PIT has no Patient with the id ${id}.`)])
  const readings = await readingsOf(ctx)
  const versions = readings.flatMap((exchange) => (exchange.event === referenceTo(patient) ? versionOf(exchange) : []))
  const resource = isProcessed(ctx, patient) ? patientText(patient) : null
  return json(200, { ...summaryOf(ctx, patient, readings), versions, resource } satisfies PatientDetail)
}

/** As a reader would find them now. */
async function storedPatients({ world: { state, time } }: Context): Promise<StoredPatient[]> {
  const now = time.clock.micros()
  const all = await state.patients.recent(Number.POSITIVE_INFINITY, 0)
  return all.map((one) => processed(one, now)).sort((a, b) => b.lastUpdated - a.lastUpdated)
}

const referenceTo = ({ id }: StoredPatient) => `Patient/${id}`

function isProcessed({ world: { time } }: Context, { lastUpdated }: StoredPatient): boolean {
  return lastUpdated <= time.clock.micros()
}

/** The exchanges in which patients were handed over or read, oldest first. */
async function readingsOf({ world: { state } }: Context): Promise<Exchange[]> {
  const all = await collect(state.journal.since(0))
  return all.filter(({ surface, response }) => givenBy(surface) === 'patients' && [200, 202].includes(response.status))
}

function versionOf({ id, time, caller: { clientName, clientId } }: Exchange): PatientDetail['versions'][number] {
  return { exchange: id, time, client: clientName ?? clientId ?? null }
}

function summaryOf(ctx: Context, patient: StoredPatient, readings: readonly Exchange[]): PatientSummary {
  const { id, municipality, clientId, version, lastUpdated, queued, fate = null } = patient
  const there = isProcessed(ctx, patient)
  const first = there ? [] : [{ due: fate === null ? formatStamp(lastUpdated) : null, fate }]
  const waiting = queued.map((one) => ({ due: one.fate ? null : formatStamp(one.lastUpdated), fate: one.fate ?? null }))
  return {
    ...{ id, municipality, clientId, ...namesIn(patient) },
    version: there ? version : 0,
    lastUpdated: there ? formatStamp(lastUpdated) : null,
    waiting: [...first, ...waiting],
    readers: readersOf(patient, readings),
  }
}

interface Named {
  readonly name?: readonly { readonly text?: string; readonly family?: string; readonly given?: readonly string[] }[]
  readonly identifier?: readonly { readonly value?: string }[]
}

function namesIn(patient: StoredPatient): Pick<PatientSummary, 'name' | 'number'> {
  const { name, identifier } = JSON.parse(patientText(patient)) as Named
  const [{ text, family = '', given = [] } = {}] = name ?? []
  return { name: (text ?? [...given, family].join(' ').trim()) || null, number: identifier?.[0]?.value ?? null }
}

/** Who has read a patient, and whether that was the newest version. */
function readersOf(patient: StoredPatient, readings: readonly Exchange[]): PatientReader[] {
  const readers = new Map<string, PatientReader>()
  for (const exchange of readings) {
    if (!exchange.events?.includes(referenceTo(patient))) continue
    const { clientName, clientId = '' } = exchange.caller
    readers.set(clientId, {
      client: clientName ?? clientId,
      time: exchange.time,
      newest: hasNewest(exchange, patient),
      exchange: exchange.id,
    })
  }
  return [...readers.values()]
}

/** The page has the time of the version; where the journal has cut it, the time of the request tells. */
function hasNewest({ time, response: { body } }: Exchange, { lastUpdated }: StoredPatient): boolean {
  if (body?.text.includes(`"lastUpdated":"${formatStamp(lastUpdated)}"`)) return true
  return body !== undefined && body.capturedBytes < body.totalBytes && Date.parse(time) * 1000 >= lastUpdated
}
