import { expect, test } from 'vitest'
import { formsOf, isSampled } from '../../simulator/sample.fixture.ts'
import { jftsim } from '../jftsim.fixture.ts'

const FIXTURE = 'cli/recording/behind-proxy.fixture.ts'

/** The verdict on a sample program behind the recording proxy: how many are kept, broken and not exercised, and which are broken. */
async function verdictOn(name: string, ...args: string[]) {
  const command = ['node', '--import', 'tsx', FIXTURE, name, ...args]
  const { code, stdout } = await jftsim('verify', name, '--events', '100', '--', ...command)
  const [, counts] = /: (?:passed|failed): (.*)$/m.exec(stdout) ?? []
  return { code, counts, broken: [...stdout.matchAll(/^BROKEN +([\w-]+):/gm)].map(([, id]) => id) }
}

const RIGHT = [
  ['ehr', ['--until-empty'], '27 kept, 0 broken, 0 not exercised'],
  ['response-centre', [], '21 kept, 0 broken, 0 not exercised'],
] as const

test.concurrent.each(RIGHT.filter(([name]) => isSampled(`behind the proxy ${name}`)))(
  'behind the proxy %s is judged as without it: all is kept',
  async (name, args, counts) => {
    expect(await verdictOn(name, ...args)).toEqual({ code: 0, counts, broken: [] })
  },
)

const WRONG = [
  ['no-ath', ['right-ath']],
  ['wrong-htu', ['right-htu']],
] as const

test.concurrent.each(formsOf('wrong behind the proxy', WRONG))(
  'what a program does wrong, it does wrong behind the proxy too: %s',
  async (bug, broken) => {
    const verdict = await verdictOn('ehr', '--until-empty', '--bug', bug)
    expect(verdict.code).toBe(1)
    expect(verdict.broken).toEqual(expect.arrayContaining([...broken]))
  },
)
