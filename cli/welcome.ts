import type { RunningSimulator } from '../simulator/adapters/node.ts'
import type { ClientSurface } from '../simulator/ground/surfaces.ts'
import { isLoopback, type SimulatorOptions } from '../simulator/index.ts'

/** What is kept between two runs. */
export interface Kept {
  /** Where keys are kept; absent where they are in memory only. */
  readonly keyFolder?: string
  /** Why keys are not kept although they were to be. */
  readonly warning?: string
  /** The certificate of the authority that clients have to trust, where the simulator is called by https. */
  readonly caFile?: string
  /** Where everything is kept. */
  readonly everythingIn?: string
  /** Whether the docs are served too. */
  readonly docs?: boolean
  /** Whether the control API and the dashboard ask for a token. */
  readonly guarded?: boolean
}

/** The one screen that `start` prints. */
export function welcome(
  { simulator, url }: RunningSimulator,
  { keyFolder, warning, caFile, everythingIn, docs = false, guarded = false }: Kept,
): string {
  const { environment, auth, switchedOff } = simulator.options
  const { local, played } = simulator.world.net.origins
  const sample = `${url}/_sim/curl?method=POST&path=/write/v1/Composition`
  return [
    `JFT simulator ${simulator.world.settings.version}: ${environment} environment, auth ${auth}`,
    '',
    'Configure your client with',
    ...configured(played),
    `  Test tokens         ${local.ttt}`,
    `  Ready-made clients  ${local.control}/clients`,
    `  Test persons        02850097219 has something of each${staticPersons(simulator)}`,
    '',
    'Submit a first event, with a real token and DPoP proof:',
    caFile === undefined
      ? `  curl -s '${sample}' | curl -i -K -`
      : `  curl -s --cacert '${caFile}' '${sample}' | curl -i --cacert '${caFile}' -K -`,
    '',
    `Dashboard: ${url}/`,
    ...(docs ? [`Docs:      ${url}/docs/`] : []),
    '',
    ...(caFile === undefined ? [] : trust(caFile)),
    ...(everythingIn === undefined
      ? [`Kept for the next start: ${keyFolder === undefined ? 'nothing' : `the keys, in ${keyFolder}`}.`, ...IN_MEMORY]
      : [`Kept for the next start: everything, in ${everythingIn}.`]),
    ...(warning === undefined ? [] : ['', `Warning: ${warning}`]),
    ...warnings(simulator.options, guarded),
    ...(switchedOff.length === 0
      ? []
      : ['', `Warning: switched off, and so finding nothing: ${switchedOff.join(', ')}.`]),
  ].join('\n')
}

/** By surface, what people call it, and what stands behind its base URL. */
const CONFIGURED: Readonly<Record<ClientSurface, readonly [title: string, path?: string]>> = {
  helseid: ['HelseID authority'],
  'jft-write': ['JFT WriteAPI'],
  'jft-read': ['JFT ReadAPI'],
  vkp: ['VKP', '/epj/r4'],
  pit: ['PIT'],
}

function configured(origins: Readonly<Partial<Record<string, string>>>): string[] {
  return Object.entries(CONFIGURED).flatMap(([surface, [title, path = '']]) =>
    origins[surface] === undefined ? [] : [`  ${title.padEnd(20)}${origins[surface]}${path}`],
  )
}

function trust(caFile: string): string[] {
  return [
    `Certificates are signed by an authority of this machine's own: ${caFile}. Clients have to trust it:`,
    `  SSL_CERT_FILE (.NET on Linux, OpenSSL), NODE_EXTRA_CA_CERTS (Node), a trust store (Java, Windows): see jftsim hosts.`,
    '',
  ]
}

/** Where any valid number finds data. */
function staticPersons({ world }: RunningSimulator['simulator']): string {
  const { staticPatients } = world.settings.assumptions
  if (staticPatients === 'none') return ''
  const where =
    staticPatients === 'test-municipality' ? "at 314159265, which NHN's samples call," : 'in every municipality'
  return `; ${where} any valid number has`
}

/** Registering by the control API is easily taken for a configuration. */
const IN_MEMORY = [
  'NOT kept: events, clients registered by POST /_sim/clients, VKP routes and register, changed settings, sandboxes.',
  'What every start should have goes into a file for --config: clients, routes, vkp.register, assumptions.',
]

function warnings({ auth, host, handOutKeys }: SimulatorOptions, guarded: boolean): string[] {
  const relaxed =
    'Warning: --auth relaxed lets through what the real service refuses; see the header jftsim-would-refuse.'
  const keys = handOutKeys ? 'and takes the private keys of its ready-made clients' : 'but gets no private keys'
  const closed = `Bound to ${host}: other machines can call the APIs; the control API and the dashboard ask for the admin token.`
  const open = `Warning: bound to ${host}, so any machine that reaches this one can drive the simulator, ${keys}. Set --admin-token where others share it.`
  return [...(auth === 'relaxed' ? ['', relaxed] : []), ...(isLoopback(host) ? [] : ['', guarded ? closed : open])]
}
