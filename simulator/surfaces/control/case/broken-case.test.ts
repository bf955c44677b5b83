import { describe, expect, test } from 'vitest'
import type { CaseFile } from '../types.ts'
import { client, FROZEN, open, ROOT, sandbox } from './case.fixture.ts'

describe('a broken case file', () => {
  const good = sandbox(FROZEN).then(async (one) => {
    await one.fetch('/read/v1/Bundle')
    return one.exported()
  })
  type Faulty = (file: CaseFile) => unknown
  const cases: readonly (readonly [string, Faulty, readonly string[]])[] = [
    ['another version', (file) => ({ ...file, formatVersion: 2 }), ['formatVersion: this simulator reads version 1']],
    ['another format', (file) => ({ ...file, format: 'har' }), ['format: this is not a case file']],
    ['an unknown member', (file) => ({ ...file, extra: 1 }), ['"extra"']],
    [
      'several faults at once',
      (file) => ({ ...file, dropped: -1, sandbox: { ...file.sandbox, seed: 5, auth: 'none' } }),
      ['dropped: ', 'sandbox.seed: ', 'sandbox.auth: '],
    ],
    [
      'a setting that there is not',
      (file) => ({ ...file, sandbox: { ...file.sandbox, assumptions: { countMx: 1 } } }),
      ['"countMx"'],
    ],
    [
      'an exchange that leads elsewhere',
      (file) => ({
        ...file,
        exchanges: file.exchanges.map((one) => ({ ...one, request: { ...one.request, url: `${ROOT}/_sim/reset` } })),
      }),
      ['exchanges.0.request.url: is not a URL of jft-read'],
    ],
    ['a name that is taken', (file) => ({ ...file, name: 'default' }), ['name: There is a sandbox default']],
    [
      'a client with a private key',
      (file) => ({
        ...file,
        initial: { ...file.initial, clients: [{ publicKeys: [{ kty: 'RSA', n: 'n', e: 'e', d: 'secret' }] }] },
      }),
      ['private'],
    ],
    [
      'a header that cannot be sent',
      (file) => ({
        ...file,
        exchanges: file.exchanges.map((one) => ({ ...one, request: { ...one.request, headers: [['a', 'b\nc']] } })),
      }),
      ['x1 is not a request'],
    ],
  ]

  test.each(cases)('%s', async (_name, spoil, messages) => {
    const { there, answer, text } = await open(spoil(await good))
    expect(answer.status, text).toBe(400)
    const { issues } = JSON.parse(text) as { issues: { message: string }[] }
    const said = issues.map(({ message }) => message).join('\n')
    for (const message of messages) expect(said).toContain(message)
    const { sandboxes } = (await (await there.fetch('/_sim/sandboxes')).json()) as { sandboxes: { name: string }[] }
    expect(sandboxes.map(({ name }) => name)).toEqual(['default'])
  })

  test('more than 128 MiB is not read', async () => {
    const headers = { 'content-length': String(128 * 1024 * 1024 + 1) }
    const answer = await client(ROOT).fetch('/_sim/case', { method: 'POST', body: '{}', headers })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('the limit of 134217728 bytes')
  })

  test('no JSON', async () => {
    const answer = await client(ROOT).fetch('/_sim/case', { method: 'POST', body: '{' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('The body is not JSON')
  })
})
