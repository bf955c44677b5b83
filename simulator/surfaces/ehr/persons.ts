import { unknownName } from '../../ground/text/suggest.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { FHIR_JSON } from '../../http/fhir/api.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { patientResource } from '../../services/population/patient.ts'
import { PERSON_CHANGES, type Person } from '../../state/population.ts'

/** `GET /persons`: the persons of the record system, as it hands them over to PIT. */
export async function listPersons(ctx: Context): Promise<Answer> {
  const persons = await ctx.step('resource', () => ctx.world.state.population.list())
  const entry = persons.map(({ person }) => ({
    fullUrl: `${ctx.origins.ehr}/persons/${person.id}`,
    resource: { id: person.id, ...patientResource(person) },
  }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  return { status: 200, headers: { 'content-type': FHIR_JSON }, body: JSON.stringify(bundle) }
}

/** `POST /persons/{id}/{change}`: something happens to a person. */
export async function changePerson(ctx: Context): Promise<Answer> {
  const person = await ctx.step('resource', () => change(ctx))
  return json(200, patientResource(person))
}

async function change(ctx: Context): Promise<Person> {
  const { id = '', change: name = '' } = ctx.params
  const known = PERSON_CHANGES.find((one) => one === name)
  if (!known) throw notThere(unknownName('change', name, PERSON_CHANGES))
  const time = new Date(ctx.now).toISOString()
  const record = await ctx.world.state.population.change({ person: id, change: known, time })
  if (!record) throw notThere(`The EHR has no person ${id}, or has not any more; see ${ctx.origins.ehr}/persons.`)
  return record.person
}

function notThere(message: string): Rejection {
  return new Rejection(404, [issueOf('http-path', message)])
}
