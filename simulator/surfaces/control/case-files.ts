import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readSentJsonAs } from '../../http/json-body.ts'
import { catalogueHash, exportOf } from './case/export.ts'
import { maskCase } from './case/mask.ts'
import { openSandbox } from './case/open.ts'
import { replayInto } from './case/replay.ts'
import { type OpenableCase, openCaseSchema } from './case/schema.ts'
import type { CaseReplay } from './types.ts'

/** Bytes of a case file: a full journal of the default size fits, with what JSON escapes. */
const LIMIT = 128 * 1024 * 1024

/** `GET /_sim/case`: this sandbox as one file. */
export async function exportCase(ctx: Context): Promise<Answer> {
  const name = `${ctx.world.settings.name}.case.json`
  return json(200, await exportOf(ctx.world), { 'content-disposition': `attachment; filename="${name}"` })
}

/**
 * `POST /_sim/case`: makes a new sandbox as the file's was made, and replays in it what came from outside. A file that
 * cannot be replayed leaves no sandbox behind.
 */
export async function openCase(ctx: Context): Promise<Answer> {
  const file = await ctx.step('body', async () => maskCase(await readSentJsonAs(ctx, openCaseSchema, LIMIT)))
  const answer = await ctx.step('replay', () => replayed(ctx, file))
  return json(201, answer, { location: `${ctx.origins.control}/sandboxes/${answer.sandbox}` })
}

async function replayed(ctx: Context, file: OpenableCase): Promise<CaseReplay> {
  const { sandboxes } = ctx.world.surroundings
  const world = await openSandbox(sandboxes, file)
  try {
    const sameCatalogue = file.catalogue === (await catalogueHash())
    return { sandbox: world.settings.name, sameCatalogue, ...(await replayInto(world, file)) }
  } catch (thrown) {
    await sandboxes.remove(world.settings.name)
    throw thrown
  }
}
