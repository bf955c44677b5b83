import { collect } from '../../../ground/collect.ts'
import { CATALOGUE } from '../../../rules/catalogue.ts'
import { publicMembers, sha256 } from '../../../services/tokens/jwt.ts'
import type { World } from '../../../state/world.ts'
import { type CaseFile, caseClientOf, caseEntryOf, caseEventOf, casePatientOf, caseRouteOf } from './format.ts'

/** A hash over every rule: two simulators with the same one judge by the same rules. */
export function catalogueHash(): Promise<string> {
  return sha256(JSON.stringify(CATALOGUE))
}

/** The sandbox as a case file. Throws a `Rejection` when there is no room for the copy that shows how it began. */
export async function exportOf(world: World): Promise<CaseFile> {
  const { name, seed = null, environment, auth, assumptions, switchedOff, version } = world.settings
  const { clock } = world.time
  const { journal } = world.state
  const { frozen, now, rate } = clock.state
  const reading = { mode: frozen ? 'frozen' : 'running', now: new Date(now).toISOString(), rate } as const
  return {
    format: 'jft-simulator-case',
    formatVersion: 1,
    simulator: version,
    catalogue: await catalogueHash(),
    sandbox: { name, seed, environment, auth, assumptions, switchedOff: [...switchedOff], clock: reading },
    initial: await initialOf(world),
    exchanges: await collect(journal.since(0)),
    dropped: (await journal.usage()).dropped,
  }
}

async function initialOf({ surroundings, settings: { name } }: World): Promise<CaseFile['initial']> {
  const {
    events = [],
    patients = [],
    personChanges = [],
    ids = null,
    routes = [],
    register = [],
    clients = [],
  } = (await surroundings.sandboxes.initial(name)) ?? {}
  const own = clients.filter(({ keyName, published }) => keyName === undefined && published === undefined)
  return {
    ids,
    routes: routes.map(caseRouteOf),
    register: register.map(caseEntryOf),
    events: events.map(caseEventOf),
    ...(patients.length === 0 ? {} : { patients: patients.map(casePatientOf) }),
    ...(personChanges.length === 0 ? {} : { personChanges }),
    clients: own.map((client) => caseClientOf(client, client.publicKeys.map(publicMembers))),
  }
}
