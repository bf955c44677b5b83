import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { inRoot } from '../../scripts/paths.mjs'
import { build } from '../../scripts/process.mjs'

/*
 * The thread runs the compiled program, and so does this: `dist` as the sources are now.
 */

await build()
const load = (file: string) => import(pathToFileURL(inRoot('dist', 'simulator', 'adapters', file)).href)
const { createAside } = (await load('aside.js')) as typeof import('./aside.ts')
const { startServer } = (await load('node.js')) as typeof import('./node.ts')

const closing: (() => Promise<void>)[] = []
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))))

function thread(idle?: number) {
  const made = createAside(idle)
  if (made === undefined) throw new Error('There is no compiled thread.')
  closing.push(made.close)
  return made
}

/** How many threads this process has. */
const threadsOfProcess = async () => (await readdir('/proc/self/task')).length

const CORRECT = JSON.stringify({ does: 'correct', mode: 'since-2026-03' })

describe('the thread', () => {
  test('does jobs, and says why it cannot do one; the next is done', async () => {
    const { aside } = thread()
    const first = aside(CORRECT, '{"resourceType":"Patient","active":"true"}')
    const wrong = aside('{"does":"judge"}', '')
    const last = aside(CORRECT, '{"resourceType":"Patient"}')
    expect(JSON.parse(await first)).toMatchObject({ text: '{"resourceType":"Patient","active":true}' })
    await expect(wrong).rejects.toThrow(/TypeError/)
    expect(JSON.parse(await last)).toMatchObject({ text: '{"resourceType":"Patient"}' })
  })

  test('that ends is missed by who waits for it, and a new one takes its place', async () => {
    const { aside, close } = thread()
    const waiting = aside(CORRECT, '{"resourceType":"Patient"}')
    const missed = expect(waiting).rejects.toThrow('The thread that judges large bodies has ended.')
    await close()
    await missed
    expect(JSON.parse(await aside(CORRECT, '{"resourceType":"Patient"}'))).toMatchObject({ corrections: [] })
  })

  test.runIf(process.platform === 'linux')(
    'ends when it has nothing to do, and the next job starts another',
    async () => {
      const { aside } = thread(1)
      for (let job = 0; job < 3; job += 1) {
        const before = await threadsOfProcess()
        expect(JSON.parse(await aside(CORRECT, '{"resourceType":"Patient"}'))).toMatchObject({ corrections: [] })
        await vi.waitFor(async () => expect(await threadsOfProcess()).toBeLessThanOrEqual(before), { timeout: 10_000 })
      }
    },
  )

  test('is only there where the program is compiled', async () => {
    const sources = await import('./aside.ts')
    expect(sources.createAside()).toBeUndefined()
  })
})

function send(port: number, method: string, path: string, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }
    const sent = request({ port, method, path, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** More than are answered while a large body is still on its way in. */
const OTHERS = 30

test.each([
  ['/write/v1/Composition', 400],
  ['/_sim/check', 200],
])('others are answered while the worst body is judged that was posted to %s', async (path, status) => {
  const { simulator, close } = await startServer({ port: 0, auth: 'relaxed' })
  closing.push(close)
  const { port } = simulator.options
  const section = Array.from({ length: 20_000 }, () => ({ title: '', author: { display: 'x' } }))
  const body = (sections: number) => JSON.stringify({ ...noteFactory.build(), section: section.slice(0, sections) })
  // The thread and the validators are warm then.
  expect(await send(port, 'POST', path, body(2_000))).toBe(status)
  const answered: string[] = []
  const large = send(port, 'POST', path, body(20_000)).then((code) => answered.push(`large ${code}`))
  for (let other = 0; other < OTHERS; other++) answered.push(`other ${await send(port, 'GET', '/_sim/health')}`)
  await large
  expect(answered).toEqual([...Array.from({ length: OTHERS }, () => 'other 200'), `large ${status}`])
})
