import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readJsonAs } from '../../http/json-body.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { FAULT_PRESET_NAMES, presetOf } from '../../rules/faults/fault-presets.ts'
import type { Fault } from '../../rules/faults/faults.ts'
import { faultEffects, faultOrder } from './fault-order.ts'
import { faultInfo } from './stream.ts'
import type { FaultEffectList, FaultList, FaultPresetList } from './types.ts'

/** `GET /_sim/faults`: oldest first, those that ended too. */
export async function listFaults(ctx: Context): Promise<Answer> {
  const { faults } = ctx.world.state
  await faults.expire(ctx.now)
  return json(200, { faults: (await faults.list()).map(faultInfo) } satisfies FaultList)
}

/** `GET /_sim/faults/presets`. */
export async function listPresets(): Promise<Answer> {
  const presets = FAULT_PRESET_NAMES.map((name) => ({ name, ...presetOf(name) }))
  return json(200, { presets } satisfies FaultPresetList)
}

/** `GET /_sim/faults/effects`: what can be ordered to go wrong, and where. */
export async function listEffects(): Promise<Answer> {
  return json(200, { effects: faultEffects() } satisfies FaultEffectList)
}

/** `POST /_sim/faults`: puts a fault into the queue. */
export async function addFault(ctx: Context): Promise<Answer> {
  const { order, lifetime } = await readJsonAs(ctx, faultOrder)
  const { faults } = ctx.world.state
  const fault = await faults.add(order, ctx.now, lifetime)
  if (!fault) throw new Rejection(409, [issueOf('http-body', 'There are as many active faults as there may be.')])
  return json(201, faultInfo(fault), { location: `${ctx.origins.control}/faults/${fault.id}` })
}

/** `GET /_sim/faults/{id}`. */
export async function readFault(ctx: Context): Promise<Answer> {
  return json(200, faultInfo(await requireFault(ctx)))
}

/** `DELETE /_sim/faults/{id}`. */
export async function removeFault(ctx: Context): Promise<Answer> {
  const { id } = await requireFault(ctx)
  await ctx.world.state.faults.remove(id)
  return { status: 204 }
}

/** `DELETE /_sim/faults`: takes all away. What they have done stays done. */
export async function removeFaults(ctx: Context): Promise<Answer> {
  const { faults } = ctx.world.state
  for (const { id } of await faults.list()) await faults.remove(id)
  return { status: 204 }
}

async function requireFault({ world, now, params, origins }: Context): Promise<Fault> {
  await world.state.faults.expire(now)
  const fault = await world.state.faults.find(params.id ?? '')
  if (fault) return fault
  throw new Rejection(404, [issueOf('http-path', `There is no fault ${params.id}; see ${origins.control}/faults.`)])
}
