import { SURFACE_NAMES } from '../../simulator/ground/surfaces.ts'
import type { Scenario } from '../pack/pack.ts'
import { actionOf, type Step, submissionSurface } from '../pack/step.ts'
import { actorsIn } from './actors.ts'
import { NOBODY, partyOf } from './parties.ts'
import type { Unreached } from './reach.ts'
import type { Inability, Target } from './target.ts'

/**
 * Why a scenario cannot be run against the target; `undefined` when it can. `attended`: somebody is told of requests that
 * are waited for.
 */
export function skipReason(
  target: Target,
  scenario: Scenario,
  attended = false,
  gone: Unreached = new Map(),
): string | undefined {
  return (
    beyondPlatform(target, scenario) ??
    beyondTarget(target, scenario) ??
    unreachedBy(scenario, gone) ??
    (waitsForClient(scenario) && !attended ? UNATTENDED : undefined)
  )
}

const UNATTENDED = 'waits for your own client: run it with --own-client, or alone in the dashboard'

/** Whether a step waits for the vendor's own client. */
export function waitsForClient({ steps }: Pick<Scenario, 'steps'>): boolean {
  return steps.some(({ await: awaited }) => awaited !== undefined)
}

/** What a step needs of the platform that sends; `undefined` when nothing unusual. */
const NEEDS: Readonly<Record<Inability, (step: Step) => string | undefined>> = {
  host: ({ request }) => (request?.host === undefined ? undefined : 'another Host header'),
  'forbidden-headers': ({ headers = {} }) => {
    const name = Object.keys(headers).find((one) => headers[one] !== null && FORBIDDEN.test(one))
    return name && `the header ${name}`
  },
  'broken-connection': ({ expect }) => expect?.broken && 'to see a connection break',
}

/** Request headers that a web page cannot set (Fetch standard, "forbidden request-header"). */
const FORBIDDEN =
  /^(accept-charset|accept-encoding|access-control-request-(headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(proxy|sec)-.*)$/i

function beyondPlatform({ cannot = [] }: Target, { steps }: Scenario): string | undefined {
  const [need] = cannot.flatMap((inability) => steps.flatMap((step) => NEEDS[inability](step) ?? []))
  return need && `needs ${need}, which is not possible from here`
}

function beyondTarget(target: Target, scenario: Scenario): string | undefined {
  if (target.urls.control !== undefined) return undefined
  const { sandbox, alone, steps } = scenario
  const needing = steps.find(needsControl)
  if (needing) return `needs the control API of a simulator (${actionOf(needing)})`
  if (sandbox) return `needs a sandbox with ${Object.keys(sandbox).join(', ')}`
  if (alone) return 'counts all events of a municipality: needs a sandbox of its own'
  const missing = SURFACE_NAMES.find(
    (surface) => target.urls[surface] === undefined && steps.some((step) => uses(step, surface)),
  )
  return missing === undefined ? withoutClient(target, scenario) : `the target has no ${missing}`
}

/** A target has clients for some parties only. */
function withoutClient({ clients, municipality }: Target, { steps, party, parties }: Scenario): string | undefined {
  const acting = actorsIn(steps, party).filter((name) => name !== NOBODY)
  const like = acting.map((name) => partyOf(name, parties, municipality).like).find((name) => !clients[name])
  return like && `the target has no client for ${like}`
}

/** What is not there cannot be tried; tokens come from HelseID. */
function unreachedBy({ steps, party }: Scenario, gone: Unreached): string | undefined {
  if (gone.size === 0) return undefined
  const surfaces = new Set(steps.flatMap(surfacesOf))
  if (actorsIn(steps, party).some((name) => name !== NOBODY)) surfaces.add('helseid')
  return [...surfaces].map((surface) => gone.get(surface)).find((why) => why !== undefined)
}

function surfacesOf(step: Step): string[] {
  const { submit, request } = step
  if (submit) return [submissionSurface(submit)]
  if (step.search ?? step.follow ?? step.status) return ['jft-read']
  if (step.acknowledge !== undefined) return ['jft-write']
  const [, named] = /^\{([\w-]+)\}/.exec(request?.url ?? '') ?? []
  return named === undefined ? [] : [named]
}

function needsControl(step: Step): boolean {
  const { clock, fault, check, journal, await: awaited, request } = step
  return Boolean(clock ?? fault ?? check ?? journal ?? awaited) || (request?.url.startsWith('{control}') ?? false)
}

function uses(step: Step, surface: string): boolean {
  if (surface === 'ttt' && step['test-token']) return true
  return surfacesOf(step).includes(surface)
}
