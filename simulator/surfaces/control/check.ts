import { SUBMISSION_TYPES } from '../../ground/event-types.ts'
import { unknownName } from '../../ground/text/suggest.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Issue } from '../../rules/issue.ts'
import { judgeText } from '../../services/judging.ts'
import { notDecoded } from '../../services/verdicts/verdicts.ts'
import type { PayloadCheck } from './types.ts'

/** Bytes of a payload: more than any service takes, so that its refusal for size can be shown. */
const LIMIT = 8 * 1024 * 1024

const PARAMETERS = ['forwarded', 'endpoint']

const ENDPOINTS = [...SUBMISSION_TYPES, 'Patient']

/**
 * `POST /_sim/check`: what JFT and VKP say of the body, and PIT of a patient, as their steps on a submission would. Nothing is
 * stored. With `?forwarded=true` VKP's verdict has exactly the text that VKP forwards; `?endpoint=Patient` names the resource
 * type in the path that the body is for, where that is not the body's own.
 */
export async function checkPayload(ctx: Context): Promise<Answer> {
  const asked = readParameters(ctx)
  const read = await ctx.step('body', () => ctx.readBody(LIMIT).catch(encodingIn))
  const options = { ...ctx.world.settings, ...asked }
  const { aside } = ctx.world.surroundings
  const judged = () => (typeof read === 'string' ? judgeText(read, options, aside) : notDecoded(read))
  const { verdicts, ...fix } = await ctx.step('verdicts', judged)
  return json(200, { ...verdicts, ...fix } satisfies PayloadCheck)
}

/** That bytes are not UTF-8 is a verdict on them. */
function encodingIn(thrown: unknown): Issue {
  const issue = thrown instanceof Rejection ? thrown.issues.find(({ rule }) => rule === 'http-encoding') : undefined
  if (issue === undefined) throw thrown
  return issue
}

function readParameters({ query }: Context): { readonly forwarded: boolean; readonly endpoint?: string } {
  const unknown = [...query.keys()].filter((name) => !PARAMETERS.includes(name))
  const forwarded = query.get('forwarded') ?? 'false'
  const endpoint = query.get('endpoint')
  const messages = [
    ...unknown.map((name) => unknownName('parameter', name, PARAMETERS)),
    ...(forwarded === 'true' || forwarded === 'false' ? [] : ['forwarded must be true or false.']),
    ...(endpoint === null || ENDPOINTS.includes(endpoint) ? [] : [unknownName('endpoint', endpoint, ENDPOINTS)]),
  ]
  if (messages.length === 0) return { forwarded: forwarded === 'true', ...(endpoint && { endpoint }) }
  throw new Rejection(
    400,
    messages.map((message) => issueOf('http-parameter', message)),
  )
}
