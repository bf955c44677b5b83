import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readJson } from '../../http/json-body.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { RobotList } from './types.ts'

/** `GET /_sim/robots`: the robots, their settings, and what they are doing. */
export async function listRobots({ world }: Context): Promise<Answer> {
  return json(200, { robots: await world.robots.list() } satisfies RobotList)
}

/** `PUT /_sim/robots/{name}`: other settings; those that are left out have their defaults. The robot begins again. */
export async function configureRobot(ctx: Context): Promise<Answer> {
  const { name = '' } = ctx.params
  const { robots } = ctx.world
  const body = await ctx.step('body', () => readJson(ctx))
  const configured = await robots.configure(name, body)
  if (!configured) throw new Rejection(404, [issueOf('http-path', `There is no robot ${name}; see GET /robots.`)])
  const issues = configured.faults.map(({ field, message }) =>
    issueOf('http-body', `${field || 'The body'}: ${message}`),
  )
  if (issues.length > 0) throw new Rejection(400, issues)
  return json(
    200,
    (await robots.list()).find((robot) => robot.name === name),
  )
}
