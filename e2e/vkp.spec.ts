import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { type OwnSandbox, type Simulator, served, test } from './support.ts'

/** The newest submission to VKP in a sandbox that only the robot of this test has called. */
async function newest(simulator: Simulator, { path }: OwnSandbox): Promise<string> {
  const list = `${path}/_sim/exchanges?limit=50`
  const { exchanges } = await simulator.read<{ exchanges: { id: string; surface: string }[] }>(list)
  return exchanges.find(({ surface }) => surface === 'vkp')?.id ?? ''
}

test.beforeEach(async ({ simulator, sandbox }) => {
  const robot = `${sandbox.path}/_sim/robots/response-centre`
  await simulator.put(robot, { on: true, eventsPerMinute: 600, via: 'vkp', kinds: ['note'] })
  await expect.poll(() => newest(simulator, sandbox)).not.toBe('')
  await simulator.put(robot, { on: false })
})

test('the legs of a submission to VKP are nested under it, down to the journal note', async ({
  page,
  simulator,
  sandbox,
}) => {
  await page.goto(sandbox.page(`exchanges/${await newest(simulator, sandbox)}`))
  await expect(page.getByRole('heading', { name: 'The whole way' })).toBeVisible()
  await page
    .getByRole('region', { name: 'The whole way' })
    .getByRole('link', { name: /POST \S*\/ehr\/journal/ })
    .click()
  await expect(page.getByText('Part of x')).toBeVisible()
  await page.getByRole('button', { name: 'Read the journal note' }).click()
  await expect(page.getByRole('region', { name: 'The journal note' }).getByRole('heading')).not.toBeEmpty()
})

const shell = served('a shell runs what was copied')
test(
  'a submission to VKP is sent again with a bearer token, from the page and from a shell',
  shell,
  async ({ page, simulator, sandbox }) => {
    await page.addInitScript(
      'if (navigator.clipboard) navigator.clipboard.writeText = async (text) => { window.clipboardText = text }',
    )
    await page.goto(sandbox.page(`exchanges/${await newest(simulator, sandbox)}`))
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByText('Answered 200.')).toBeVisible()
    for (const [language, command] of [
      ['curl', ['bash', '-c']],
      ['fetch', ['node', '--input-type=module', '-e']],
    ] as const) {
      await page.getByRole('button', { name: `Copy as ${language}` }).click()
      const [file, ...options] = command
      const copied = await page.evaluate<string>('window.clipboardText')
      const { stdout } = await promisify(execFile)(file, [...options, copied])
      expect(stdout, language).toMatch(/^(HTTP\/1.1 )?200/)
    }
  },
)
