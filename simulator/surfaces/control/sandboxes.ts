import { maskIdentityNumbers } from '../../ground/text/mask/mask.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readJson } from '../../http/json-body.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { World } from '../../state/world.ts'
import { rejectSandboxError } from './sandbox-rejection.ts'
import type { SandboxInfo, SnapshotList } from './types.ts'

/** `GET /_sim/sandboxes`. */
export async function listSandboxes(ctx: Context): Promise<Answer> {
  const worlds = await ctx.world.surroundings.sandboxes.list()
  return json(200, { sandboxes: await Promise.all(worlds.map(infoOf)) })
}

/** `POST /_sim/sandboxes`: a fresh state of its own. */
export async function createSandbox(ctx: Context): Promise<Answer> {
  const body = await readJson(ctx)
  const world = await rejectSandboxError(() => ctx.world.surroundings.sandboxes.create(body))
  return json(201, await infoOf(world), { location: `${ctx.origins.control}/sandboxes/${world.settings.name}` })
}

/** `GET /_sim/sandboxes/{name}`. */
export async function readSandbox(ctx: Context): Promise<Answer> {
  return json(200, await infoOf(await requireSandbox(ctx)))
}

/** `DELETE /_sim/sandboxes/{name}`. */
export async function deleteSandbox(ctx: Context): Promise<Answer> {
  const { name } = (await requireSandbox(ctx)).settings
  if (await ctx.world.surroundings.sandboxes.remove(name)) return { status: 204 }
  throw new Rejection(409, [issueOf('sim-sandbox', `The sandbox ${name} always exists; reset it instead.`)])
}

/** `POST /_sim/sandboxes/{name}/reset`, and `POST /_sim/reset` for the sandbox that is called: back to what it was made with. */
export async function resetSandbox(ctx: Context): Promise<Answer> {
  const { name } = (await requireSandbox(ctx)).settings
  await ctx.world.surroundings.sandboxes.reset(name)
  return { status: 204 }
}

/** `GET /_sim/sandboxes/{name}/snapshots`: oldest first. */
export async function listSnapshots(ctx: Context): Promise<Answer> {
  const snapshots = [...(await requireSnapshots(ctx))].map(([name, { clock, events }]) => ({
    name,
    taken: new Date(clock.now).toISOString(),
    events: events.length,
  }))
  return json(200, { snapshots } satisfies SnapshotList)
}

/** `POST /_sim/sandboxes/{name}/snapshots/{snapshot}`: remembers the state under a name, instead of an older one of that name. */
export async function takeSnapshot(ctx: Context): Promise<Answer> {
  const { name } = (await requireSandbox(ctx)).settings
  const snapshot = snapshotOf(ctx)
  const taken = await ctx.world.surroundings.sandboxes.keepSnapshot(name, snapshot)
  if (!taken) throw unknownSandbox(ctx)
  return json(201, { sandbox: name, snapshot, events: taken.events.length })
}

/** `POST /_sim/sandboxes/{name}/snapshots/{snapshot}/restore`. */
export async function restoreSnapshot(ctx: Context): Promise<Answer> {
  const { name } = (await requireSandbox(ctx)).settings
  const kept = await requireSnapshots(ctx)
  const snapshot = kept.get(snapshotOf(ctx))
  if (!snapshot) {
    const message = `${name} has no snapshot ${ctx.params.snapshot}; it has ${[...kept.keys()].join(', ') || 'none'}.`
    throw new Rejection(404, [issueOf('sim-sandbox', message)])
  }
  await ctx.world.surroundings.sandboxes.restore(name, snapshot)
  return { status: 204 }
}

/** `POST /_sim/sandboxes/{name}/fork`: a new sandbox that remembers the same. */
export async function forkSandbox(ctx: Context): Promise<Answer> {
  const { name } = (await requireSandbox(ctx)).settings
  const body = await readJson(ctx)
  const world = await rejectSandboxError(() => ctx.world.surroundings.sandboxes.fork(name, body))
  if (!world) throw unknownSandbox(ctx)
  return json(201, await infoOf(world))
}

async function requireSandbox(ctx: Context): Promise<World> {
  const world = await ctx.world.surroundings.sandboxes.find(nameOf(ctx))
  if (world) return world
  throw unknownSandbox(ctx)
}

async function requireSnapshots(ctx: Context) {
  const kept = await ctx.world.surroundings.sandboxes.snapshots(nameOf(ctx))
  if (kept) return kept
  throw unknownSandbox(ctx)
}

/** The name of a snapshot, which is kept and shown. */
function snapshotOf({ params }: Context): string {
  return maskIdentityNumbers(params.snapshot ?? '')
}

/** The sandbox that the path names, or the one that is called. */
function nameOf({ params, world }: Context): string {
  return params.name ?? world.settings.name
}

function unknownSandbox(ctx: Context): Rejection {
  return new Rejection(404, [issueOf('sim-sandbox', `There is no sandbox ${nameOf(ctx)}.`)])
}

async function infoOf({ settings, state, time: { clock }, net }: World): Promise<SandboxInfo> {
  const { name, seed, environment, auth } = settings
  const { frozen, rate } = clock.state
  return {
    name,
    seed: seed ?? null,
    environment,
    auth,
    origins: net.origins.played,
    clock: { mode: frozen ? 'frozen' : 'running', now: new Date(clock.now()).toISOString(), rate },
    events: (await state.events.usage()).records,
    exchanges: (await state.journal.usage()).exchanges,
  }
}
