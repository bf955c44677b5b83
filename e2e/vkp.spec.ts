import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { type Simulator, served, test } from './support.ts'

/** The id of the newest exchange at VKP that the robot has made. */
async function newest(simulator: Simulator): Promise<string> {
  const path = '/_sim/exchanges?limit=50'
  const { exchanges } = await simulator.read<{ exchanges: { id: string; surface: string }[] }>(path)
  return exchanges.find(({ surface }) => surface === 'vkp')?.id ?? ''
}

test.beforeEach(async ({ simulator }) => {
  const settings = { on: true, eventsPerMinute: 600, via: 'vkp', kinds: ['note'] }
  await simulator.put('/_sim/robots/response-centre', settings)
  await expect.poll(() => newest(simulator)).not.toBe('')
  await simulator.put('/_sim/robots/response-centre', { on: false })
})

test('the legs of a submission to VKP are nested under it, down to the journal note', async ({ page, simulator }) => {
  await page.goto(`./#/exchanges/${await newest(simulator)}`)
  await expect(page.getByRole('heading', { name: 'The whole way' })).toBeVisible()
  await page
    .getByRole('region', { name: 'The whole way' })
    .getByRole('link', { name: /POST \/ehr\/journal/ })
    .click()
  await expect(page.getByText('Part of x')).toBeVisible()
  await page.getByRole('button', { name: 'Read the journal note' }).click()
  await expect(page.getByRole('region', { name: 'The journal note' }).getByRole('heading')).not.toBeEmpty()
})

const shell = served('a shell runs what was copied')
test(
  'a submission to VKP is sent again with a bearer token, from the page and from a shell',
  shell,
  async ({ page, simulator }) => {
    await page.addInitScript(
      'navigator.clipboard.writeText = (text) => { window.clipboardText = text; return Promise.resolve() }',
    )
    await page.goto(`./#/exchanges/${await newest(simulator)}`)
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
