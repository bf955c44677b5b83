import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { type Jft, startJft } from '../../simulator/adapters/entry.ts'
import { MAIN } from '../jftsim.fixture.ts'

let jft: Jft
let client: Client

beforeAll(async () => {
  jft = await startJft()
  client = new Client({ name: 'test', version: '1' })
  const args = [MAIN, 'mcp', '--url', jft.url]
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
})

afterAll(async () => {
  await client.close()
  await jft.close()
})

const NOTE = noteFactory.build()
const REFUSED = { ...NOTE, author: NOTE.author[0] }

/** What a tool says, as JSON where it is. */
async function call(name: string, args: Record<string, unknown> = {}) {
  const { content, isError } = (await client.callTool({ name, arguments: args })) as {
    content: readonly { text: string }[]
    isError?: boolean
  }
  const text = content[0]?.text ?? ''
  return isError === true || !/^[[{]/.test(text) ? text : JSON.parse(text)
}

test('each tool is listed with what it does and takes', async () => {
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name).sort()).toEqual([
    'check_payload',
    'clock',
    'explain_request',
    'fault',
    'fix_payload',
    'look_up_rule',
    'run_pack',
    'sandbox',
    'verify_program',
    'why_rejected',
  ])
  for (const { name, description, inputSchema } of tools)
    expect([name, description?.length, inputSchema.type]).toEqual([name, expect.any(Number), 'object'])
})

describe('payloads and rules', () => {
  test.each([
    ['the text', JSON.stringify(REFUSED)],
    ['the object', REFUSED],
  ])('%s of a payload is judged as check does', async (_, payload) => {
    const { jft: verdict } = await call('check_payload', { payload })
    expect(verdict.accepted).toBe(false)
    expect(verdict.issues).toMatchObject([{ rule: 'r4-array-expected', pointer: '/author' }])
  })

  test('the fix is applied and judged again', async () => {
    const { accepted, fixed, rest } = await call('fix_payload', { payload: REFUSED })
    expect([accepted, JSON.parse(fixed), rest]).toEqual([true, NOTE, []])
    expect(await call('fix_payload', { payload: NOTE })).toMatchObject({ accepted: true })
    const { status: _, ...missing } = NOTE
    expect(await call('fix_payload', { payload: missing })).toMatchObject({
      accepted: false,
      rest: [{ rule: 'r4-missing-element' }],
    })
  })

  test('what is not JSON is an issue, not an error of the tool', async () => {
    expect((await call('check_payload', { payload: '{ oops' })).jft.issues).toMatchObject([{ rule: 'json-syntax' }])
  })

  test('a rule has its sources; an unknown one a suggestion', async () => {
    expect(await call('look_up_rule', { id: 'r4-array-expected' })).toMatchObject({ certainty: 'documented' })
    expect(await call('look_up_rule', { id: 'r4-aray-expected' })).toContain('Did you mean r4-array-expected?')
    expect((await call('look_up_rule')).length).toBeGreaterThan(100)
  })
})

describe('a running simulator', () => {
  test('why the newest request was rejected, and the whole of it by its id', async () => {
    const url = `${jft.urls['jft-write']}/v1/Composition`
    await fetch(url, { method: 'POST', body: '{}' })
    const { rejected, newest } = await call('why_rejected')
    expect(rejected).toBeGreaterThan(0)
    expect(newest[0]).toMatchObject({
      method: 'POST',
      status: 401,
      issues: [{ rule: 'token-missing' }, { rule: 'dpop-missing' }],
    })
    const whole = await call('why_rejected', { exchange: newest[0].id })
    expect(whole).toMatchObject({ id: newest[0].id, steps: expect.any(Array) })
  })

  test('a request is explained, and nothing happens', async () => {
    const explained = await call('explain_request', { url: '/write/v1/Composition', body: '{}' })
    expect(explained).toMatchObject({
      status: 401,
      exchange: { issues: [{ rule: 'token-missing' }, { rule: 'dpop-missing' }] },
    })
  })

  test('sandboxes, clock and faults obey', async () => {
    const { name } = await call('sandbox', { action: 'create' })
    await call('clock', { sandbox: name, freeze: '2026-01-01T00:00:00Z' })
    expect(JSON.stringify(await call('clock', { sandbox: name, advance: 'PT5M' }))).toContain('2026-01-01T00:05:00')
    await call('fault', { sandbox: name, action: 'add', preset: 'outage' })
    expect((await call('fault', { sandbox: name, action: 'list' })).faults).toHaveLength(1)
    await call('fault', { sandbox: name, action: 'clear' })
    await call('sandbox', { action: 'delete', name })
    expect(await call('clock', { sandbox: name })).toContain(`There is no sandbox ${name}`)
  })

  test('where none runs, the tool says what to do', async () => {
    const other = new Client({ name: 'test', version: '1' })
    const args = [MAIN, 'mcp', '--url', 'http://localhost:1']
    await other.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
    const { content, isError } = await other.callTool({ name: 'why_rejected', arguments: {} })
    await other.close()
    expect([isError, JSON.stringify(content)]).toEqual([true, expect.stringContaining('jftsim start')])
  })
})

describe('packs', () => {
  test('a pack is run, and its report told', async () => {
    const run = await call('run_pack', { packs: ['jft-write'], filter: 'write-accepts-a-note' })
    expect(run).toMatchObject({ exitCode: 0, report: { passed: true, totals: { passed: 1, failed: 0 } } })
    expect(await call('run_pack', { packs: ['jft-wriet'] })).toMatchObject({
      exitCode: 2,
      printed: expect.stringContaining('Did you mean jft-write'),
      report: null,
    })
  })

  test('a program that does nothing is not said to keep anything', async () => {
    const verdict = await call('verify_program', { pack: 'ehr', command: [process.execPath, '-e', '0'], events: 2 })
    expect(verdict.exitCode).not.toBe(0)
  })
})
