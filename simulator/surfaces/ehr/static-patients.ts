import type { Context } from '../../http/context.ts'
import { VKP_SAMPLES_MUNICIPALITY } from '../../services/clients/sample-clients.ts'
import type { HealthRecord } from '../../state/population.ts'

/** In the middle of the dates that NHN's samples search in: 17 May to 24 December 2024. */
const SAMPLES_TIME = Date.parse('2024-09-02T12:00:00Z')

/** Whether the municipality that is called has data for any valid identity number, as that of VKP's test API. */
export function isStatic({ world, params }: Context): boolean {
  const { staticPatients } = world.settings.assumptions
  if (staticPatients === 'test-municipality') return params.orgnr === VKP_SAMPLES_MUNICIPALITY
  return staticPatients === 'every-municipality'
}

/** What the EHR has of a person; where its answers are static, what it has of the first of its own, under that number. */
export async function recordOf(ctx: Context, identityNumber: string): Promise<HealthRecord | undefined> {
  const { population } = ctx.world.state
  const own = await population.find(identityNumber)
  if (own !== undefined || !isStatic(ctx)) return own
  const [first] = await population.list()
  return first && { ...first, person: { ...first.person, identityNumber } }
}

/** The times around which the EHR has plans, newest first. */
export function plannedAround(ctx: Context): readonly number[] {
  return isStatic(ctx) ? [ctx.now, SAMPLES_TIME].sort((a, b) => b - a) : [ctx.now]
}
