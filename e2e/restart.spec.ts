import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type APIRequestContext, expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { test as base } from './support.ts'

const PORT = '7398'
const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** A simulator of its own, that can go away and come back at the same address. */
interface Server {
  start(): Promise<void>
  stop(): Promise<void>
}

/** The browser logs each try to reach a server that is gone; only what the page throws is an error here. */
const test = base.extend<{ server: Server }>({
  quiet: async ({ page }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await use(undefined)
    expect(errors).toEqual([])
  },
  server: async ({ request }, use) => {
    const server = serverOf(request)
    await server.start()
    await use(server)
    await server.stop()
  },
})

test.use({ baseURL: `http://localhost:${PORT}` })

function serverOf(request: APIRequestContext): Server {
  let child: ChildProcess | undefined
  return {
    async start() {
      child = spawn(process.execPath, [MAIN, 'start', '--port', PORT, '--ephemeral'], { stdio: 'ignore' })
      const health = () =>
        request.get('/_sim/health').then(
          (answer) => answer.status(),
          () => 0,
        )
      await expect.poll(health).toBe(200)
    },
    async stop() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

test('a page that is open while the server restarts says so, and then shows what is new', async ({
  server,
  page,
  vendor,
}) => {
  await vendor.submit(noteFactory.build(), 'Before 1.0')
  await page.goto('./#/events')
  await expect(page.getByRole('row').filter({ hasText: 'Before 1.0' })).toBeVisible()

  await server.stop()
  await expect(page.getByText('The simulator does not answer.')).toBeVisible()

  await server.start()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expect(page.getByText('The simulator does not answer.')).toHaveCount(0)
  // The events of a server that is gone are gone with it.
  await expect(page.getByRole('row').filter({ hasText: 'Before 1.0' })).toHaveCount(0)
  expect((await vendor.submit(noteFactory.build(), 'After 1.0')).status).toBe(202)
  await expect(page.getByRole('row').filter({ hasText: 'After 1.0' })).toBeVisible()
})
