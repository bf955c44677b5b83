import { registerBody, routesBody } from '../../ground/settings/vkp-configuration.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readJsonAs } from '../../http/json-body.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { routeFaults } from '../../state/options.ts'

/** `GET /_sim/routes`: how VKP delivers, per municipality and vendor; the first row that fits best decides. */
export async function readRoutes({ world }: Context): Promise<Answer> {
  return json(200, { routes: await world.state.routes.list() })
}

/** `PUT /_sim/routes`: replaces all rows with `{ "routes": [...] }`; what is not listed is classic. */
export async function replaceRoutes(ctx: Context): Promise<Answer> {
  const { routes } = await ctx.step('body', () => readRouteBody(ctx))
  await ctx.world.state.routes.replace(routes)
  return readRoutes(ctx)
}

async function readRouteBody(ctx: Context) {
  const body = await readJsonAs(ctx, routesBody)
  const faults = routeFaults(body.routes, ctx.world.net.origins.home)
  if (faults.length === 0) return body
  const issues = faults.map(({ option, message }) => issueOf('http-body', `${option}: ${message}`))
  throw new Rejection(400, issues)
}

/** `GET /_sim/vkp/register`: whose system may call VKP for which municipality. */
export async function readRegister({ world }: Context): Promise<Answer> {
  return json(200, { register: await world.state.vkpRegister.list() })
}

/** `PUT /_sim/vkp/register`: replaces all entries with `{ "register": [...] }`. */
export async function replaceRegister(ctx: Context): Promise<Answer> {
  const { register } = await ctx.step('body', () => readJsonAs(ctx, registerBody))
  await ctx.world.state.vkpRegister.replace(register)
  return readRegister(ctx)
}
