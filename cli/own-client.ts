import { curlCommand } from '../scenarios/reports/curl.ts'
import { lineOfOther, type Waiting } from '../scenarios/runner/await.ts'
import type { Assignment } from '../scenarios/runner/scenario.ts'
import { CLIENT_SURFACES } from '../simulator/ground/surfaces.ts'
import { print } from './print.ts'

/** Prints each request that a scenario waits for, and those that come in its place. */
export function tellWaiting(): (assignment: Assignment, waiting: Waiting | undefined) => void {
  let told = 0
  return ({ pack, scenario }, waiting) => {
    if (!waiting) {
      told = 0
      return
    }
    const { others } = waiting
    const lines = told === 0 ? describe(`${pack.pack}/${scenario.id}: ${scenario.title}`, waiting) : []
    const came = others.slice(Math.max(0, told - 1)).map((one) => `  came: ${lineOfOther(one)}`)
    told = others.length + 1
    print([...lines, ...came].join('\n'))
  }
}

function describe(title: string, waiting: Waiting): string[] {
  const { says, request, urls, clientFile, until } = waiting
  const { method, url, headers, body } = request
  return [
    '',
    title,
    ...(says === undefined ? [] : [`  ${says}`]),
    `  Waits until ${new Date(until).toTimeString().slice(0, 8)} for`,
    '',
    `${method} ${url}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['', body]),
    '',
    '  Your client is configured with',
    ...CLIENT_SURFACES.map((surface) => `    ${surface.padEnd(9)} ${urls[surface]}`),
    `    client    ${clientFile}`,
    '  With curl, when AUTHORIZATION and DPOP are set:',
    '',
    curlCommand(request),
    '',
    ...tokenHint(waiting),
  ]
}

/** The command that makes a token and a proof for the request. */
function tokenHint({ urls, request: { method, url }, municipality }: Waiting): string[] {
  const base = (urls.control ?? '').replace(/\/_sim$/, '')
  const path = url.replace(base, '')
  if (!/^\/(write|read)\//.test(path)) return []
  return [`  With a token and a proof: jftsim token --url ${base} --orgnr ${municipality} --curl ${method} '${path}'`]
}
