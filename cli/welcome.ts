import type { RunningSimulator } from '../simulator/adapters/node.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])

/** The one screen that `start` prints. */
export function welcome({ simulator, url }: RunningSimulator): string {
  const { environment, auth, host, switchedOff } = simulator.options
  const { local } = simulator.world.net.origins
  const sample = `${url}/_sim/curl?method=POST&path=/write/v1/Composition`
  return [
    `JFT simulator ${simulator.world.settings.version}: ${environment} environment, auth ${auth}`,
    '',
    'Configure your client with',
    `  HelseID authority   ${local.helseid}`,
    `  JFT WriteAPI        ${local['jft-write']}`,
    `  JFT ReadAPI         ${local['jft-read']}`,
    `  VKP                 ${local.vkp}/epj/r4`,
    `  Test tokens         ${local.ttt}`,
    `  Ready-made clients  ${local.control}/clients`,
    '',
    'Submit a first event, with a real token and DPoP proof:',
    `  curl -s '${sample}' | curl -i -K -`,
    '',
    `Dashboard: ${url}/`,
    ...warnings(auth, host),
    ...(switchedOff.length === 0
      ? []
      : ['', `Warning: switched off, and so finding nothing: ${switchedOff.join(', ')}.`]),
  ].join('\n')
}

function warnings(auth: string, host: string): string[] {
  const relaxed =
    'Warning: --auth relaxed lets through what the real service refuses; see the header jftsim-would-refuse.'
  const open = `Warning: bound to ${host}, other machines can reach this simulator and its private test keys.`
  return [...(auth === 'relaxed' ? ['', relaxed] : []), ...(LOOPBACK.has(host) ? [] : ['', open])]
}
