import { expect, test } from 'vitest'
import { jftsim } from '../jftsim.fixture.ts'

const FIXTURE = 'cli/recording/behind-proxy.fixture.ts'

/** The verdict on a sample program behind the recording proxy: how many are kept, broken and not exercised, and which are broken. */
async function verdictOn(name: string, ...args: string[]) {
  const command = ['node', '--import', 'tsx', FIXTURE, name, ...args]
  const { code, stdout } = await jftsim('verify', name, '--events', '100', '--', ...command)
  const [, counts] = /: (?:passed|failed): (.*)$/m.exec(stdout) ?? []
  return { code, counts, broken: [...stdout.matchAll(/^BROKEN +([\w-]+):/gm)].map(([, id]) => id) }
}

test.concurrent.each([
  ['ehr', ['--until-empty'], '27 kept, 0 broken, 0 not exercised'],
  ['response-centre', [], '21 kept, 0 broken, 0 not exercised'],
])('behind the proxy %s is judged as without it: all is kept', async (name, args, counts) => {
  expect(await verdictOn(name, ...args)).toEqual({ code: 0, counts, broken: [] })
})

test.concurrent.each([
  ['no-ath', ['right-ath']],
  ['wrong-htu', ['right-htu']],
])('what a program does wrong, it does wrong behind the proxy too: %s', async (bug, broken) => {
  const verdict = await verdictOn('ehr', '--until-empty', '--bug', bug)
  expect(verdict.code).toBe(1)
  expect(verdict.broken).toEqual(expect.arrayContaining(broken))
})
