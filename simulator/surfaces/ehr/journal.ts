import { maskJson } from '../../ground/text/mask/mask.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { MAX_DEPTH } from '../../rules/fhir/walker.ts'
import { isMembers, type Members } from '../../rules/finding.ts'
import { readTree } from '../../rules/json/json-text.ts'
import { maskedAt } from '../../rules/masked.ts'
import type { JournalNote } from '../../state/records.ts'
import { noteText } from './note-text.ts'
import { objectsAt, textAt } from './pick.ts'
import { requireOrganization } from './search.ts'

/** No limit of VKP's is known; this one keeps the simulator's memory. */
const BODY_LIMIT = 4 * 1024 * 1024

/**
 * `POST /journal/{orgnr}/{ResourceType}`: an event that VKP hands to the EHR itself becomes a note. As lenient as VKP: any
 * JSON object of the type in the path. Identity numbers of the real series are masked before anything is kept.
 */
export async function addNote(ctx: Context): Promise<Answer> {
  const municipality = await ctx.step('organization', () => requireOrganization(ctx))
  const text = await ctx.step('body', () => ctx.readBody(BODY_LIMIT))
  const { text: source, pointers } = maskJson(text)
  const resource = await ctx.step('resource', () => requireResource(ctx, source))
  const note = await ctx.step('note', () => keep(ctx, municipality, resource, source))
  ctx.warn(maskedAt(pointers))
  return { status: 201, headers: { location: `${ctx.origins.ehr}/journal/${municipality}/${note.id}` } }
}

/** `GET /journal/{orgnr}`: the notes of a municipality, newest first. */
export async function listNotes(ctx: Context): Promise<Answer> {
  const municipality = await ctx.step('organization', () => requireOrganization(ctx))
  const { notes } = ctx.world.state
  const [list, dropped] = await Promise.all([notes.list(municipality), notes.dropped()])
  return json(200, { notes: list.map(noteBody), dropped })
}

/** `GET /journal/{orgnr}/{noteId}`. */
export async function readNote(ctx: Context): Promise<Answer> {
  const municipality = await ctx.step('organization', () => requireOrganization(ctx))
  const note = await ctx.world.state.notes.find(municipality, ctx.params.noteId ?? '')
  if (note) return json(200, noteBody(note))
  throw new Rejection(404, [issueOf('http-path', `The journal of ${municipality} has no note ${ctx.params.noteId}.`)])
}

/** JSON that is nested too deeply to be FHIR is refused: nothing here may run out of stack. */
function requireResource(ctx: Context, text: string): Members {
  const { type = '' } = ctx.params
  const { fault } = readTree(text, MAX_DEPTH)
  const resource = fault ? undefined : (JSON.parse(text) as unknown)
  const refusal = new Rejection(400, [
    issueOf('vkp-body-type', `The body is not a JSON object with resourceType ${type}.`),
  ])
  if (!isMembers(resource)) throw refusal
  if (String(resource.resourceType).toLowerCase() !== type.toLowerCase()) ctx.refuse(refusal)
  return resource
}

async function keep(ctx: Context, municipality: string, resource: Members, source: string): Promise<JournalNote> {
  const { ids } = ctx.world.time
  const { notes } = ctx.world.state
  const note: JournalNote = {
    id: ids.uuid(),
    time: new Date(ctx.now).toISOString(),
    municipality,
    type: String(resource.resourceType),
    patient: patientOf(resource),
    title: titleOf(resource),
    text: noteText(resource),
    source,
  }
  await notes.add(note)
  return note
}

/** The first who is named as subject or patient, in the resource or in what it contains. */
function patientOf(resource: Members): JournalNote['patient'] {
  const [subject] = [resource, ...objectsAt(resource, 'entry.resource')].flatMap((one) => [
    ...objectsAt(one, 'subject'),
    ...objectsAt(one, 'patient'),
  ])
  return { identifier: textAt(subject, 'identifier.value') || null, name: textAt(subject, 'display') || null }
}

function titleOf(resource: Members): string {
  return textAt(resource, 'title', 'entry.resource.title') || String(resource.resourceType)
}

function noteBody({ source, municipality: _municipality, ...note }: JournalNote) {
  return { ...note, source: JSON.parse(source) as unknown }
}
