import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { interruptingAfter } from '../../cli/interrupt.ts'
import { NUMBER, SPELLINGS, shows } from '../../simulator/ground/text/mask/mask.fixture.ts'
import { createSimulator } from '../../simulator/simulator.ts'
import { readPacks } from '../pack/read-pack.ts'
import { REPORT_FORMAT_NAMES, type ReportFormat } from '../reports/format-names.ts'
import { written } from '../reports/formats.ts'
import { type Report, reportOf } from '../reports/report.ts'
import { describeFailure, describeScenario } from '../reports/terminal.ts'
import { boundExpressionsBy, EndlessExpression } from './bounded.ts'
import type { ScenarioResult } from './result.ts'
import { runPacks } from './run.ts'
import { MUNICIPALITY, type Target } from './target.ts'

const FOREIGN = 'http://stranger.example'
const simulator = createSimulator()
const strange: Request[] = []
/** How a pack writes a value that it has kept. */
const MINE = '$' + '{mine}'

const target: Target = {
  name: 'a simulator',
  urls: simulator.world.net.origins.local,
  municipality: MUNICIPALITY,
  clients: {},
  transient: true,
  send: (request) => {
    if (!request.url.startsWith(FOREIGN)) return simulator.fetch(request)
    strange.push(request)
    return Promise.resolve(new Response('{}'))
  },
}

const pack = (steps: readonly unknown[], title = 'x') => {
  const scenario = { id: 'hostile', title, party: 'ehr', proves: [], steps }
  const text = JSON.stringify({ pack: 'hostile', title: 'Hostile', scenarios: [scenario] })
  return readPacks([{ file: 'hostile.yaml', text }])
}

const play = async (steps: readonly unknown[], title?: string): Promise<ScenarioResult> => {
  strange.length = 0
  const { scenarios } = await runPacks(pack(steps, title), target, { seed: '1' })
  const [result] = scenarios
  if (!result) throw new Error('nothing was run')
  return result
}

describe('a host that is not of the target', () => {
  test('is called without a token and without a proof', async () => {
    const { outcome } = await play([{ request: { url: `${FOREIGN}/steal` } }])
    expect(outcome).toBe('passed')
    expect(strange.map(({ headers }) => [headers.get('authorization'), headers.get('dpop')])).toEqual([[null, null]])
  })

  test.each([
    ['a header', { request: { url: FOREIGN }, headers: { authorization: `Bearer ${MINE}` } }],
    ['the URL', { request: { url: `${FOREIGN}/?a=${MINE}` } }],
    ['the body', { request: { url: FOREIGN, method: 'POST', body: { a: `x${MINE}` } } }],
    ['the form', { request: { url: FOREIGN, method: 'POST', form: { a: MINE } } }],
  ])('gets no token that the pack has kept: in %s', async (_, step) => {
    const { outcome, steps } = await play([{ token: { save: 'mine' } }, step])
    expect(outcome).toBe('failed')
    expect(JSON.stringify(steps)).toContain(`${FOREIGN} is not a host of the target`)
    expect(strange).toEqual([])
  })
})

describe('an expression that does not end', () => {
  test('ends the run with its place', async () => {
    boundExpressionsBy(interruptingAfter(2_000))
    const endless = { text: { matches: '^(.+)+!!' } }
    const run = play([{ request: { url: '{control}/info' }, expect: endless }])
    await expect(run.finally(() => boundExpressionsBy((work) => work()))).rejects.toThrow(EndlessExpression)
    await expect(run).rejects.toThrow('hostile.yaml:1: hostile: the expression ^(.+)+!! did not end in 2000 ms')
  })
})

/** A report as text; of a workbook what is packed in it. */
async function textOf(format: ReportFormat, report: Report): Promise<string> {
  const content = await written(format, report)
  return typeof content === 'string'
    ? content
    : Object.values(unzipSync(content))
        .map((part) => new TextDecoder().decode(part))
        .join('\n')
}

test('a real number in a pack is in no report, however it is written', async () => {
  const spelt = Object.values(SPELLINGS).join(' · ')
  const expected = { body: { name: `x ${spelt}` }, text: spelt }
  const steps = [{ request: { url: '{control}/info' }, name: `step ${spelt}`, expect: expected }]
  const result = await play(steps, `title ${spelt}`)
  expect(result.steps[0]?.failures).toHaveLength(2)
  const run = { target: `x ${spelt}`, seed: '1', started: '2026-01-01T00:00:00Z', milliseconds: 1, scenarios: [result] }
  const report = reportOf('x', run, [])
  const texts = await Promise.all(
    REPORT_FORMAT_NAMES.map(async (format) => [format, await textOf(format, report)] as const),
  )
  expect(texts.filter(([, text]) => shows(text)).map(([format]) => format)).toEqual([])
  expect(shows(describeScenario(result) + describeFailure(result))).toBe(false)
})

test('the private key of a ready-made client is in no report', async () => {
  const clients = (await simulator.world.state.clients.list()).map(({ clientId }) => clientId)
  const result = await play([
    { request: { url: `{control}/clients/${clients[0]}` }, expect: { status: 200, text: NUMBER } },
  ])
  const run = { target: 'x', seed: '1', started: '2026-01-01T00:00:00Z', milliseconds: 1, scenarios: [result] }
  for (const format of REPORT_FORMAT_NAMES) {
    expect(await textOf(format, reportOf('x', run, []))).not.toMatch(
      /<D>[A-Za-z0-9+/]{9}|&lt;D&gt;[A-Za-z0-9+/]{9}|"d\\*":\\*"[\w-]{9}/,
    )
  }
})
