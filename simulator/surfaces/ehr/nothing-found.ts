import type { Context } from '../../http/context.ts'
import type { SearchType } from '../../rules/vkp/search.ts'
import { VKP_SAMPLES_MUNICIPALITY } from '../../services/clients/sample-clients.ts'
import type { HealthRecord } from '../../state/population.ts'
import { lastRevision, plannedDays } from './plans.ts'
import { plannedAround } from './static-patients.ts'

/** Why a search found nothing, and one that finds something, in ASCII. `record`: of the person who was asked for, if there. */
export async function whyNothing(
  ctx: Context,
  type: SearchType,
  { identityNumber, record }: { readonly identityNumber: string | undefined; readonly record?: HealthRecord },
): Promise<string> {
  const [first] = await ctx.world.state.population.list()
  const example = first?.person.identityNumber ?? ''
  if (identityNumber === undefined) return `Nobody has what was searched for; ${example} has something of each.`
  if (record === undefined)
    return `The EHR of ${ctx.params.orgnr} has no such person; ${example} is one.${elsewhere(ctx)}`
  const dates = datesOf(ctx, type, record)
  if (dates.length === 0) return `This person has no ${type}; ${example} has something of each.`
  return `This person has no ${type} in those dates, but in ${dates.join(' and in ')}.`
}

function elsewhere({ world, params }: Context): string {
  if (world.settings.assumptions.staticPatients === 'none' || params.orgnr === VKP_SAMPLES_MUNICIPALITY) return ''
  return ` At ${VKP_SAMPLES_MUNICIPALITY} any valid number finds data.`
}

/** The dates for which the person has plans of that type. */
function datesOf(ctx: Context, type: SearchType, { visits, actionPlans }: HealthRecord): string[] {
  const times = plannedAround(ctx)
  const [plan] = actionPlans
  if (type === 'composition' && plan) return times.map((time) => day(lastRevision(plan, time)))
  if (type !== 'careplan' || visits.length === 0) return []
  return times.map((time) => {
    const { from, to } = plannedDays(time)
    return `${day(from)} to ${day(to)}`
  })
}

const day = (time: number) => new Date(time).toISOString().slice(0, 10)
