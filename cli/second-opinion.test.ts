import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { isWhole } from '../simulator/sample.fixture.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
const TSX = import.meta.resolve('tsx')
const withoutDotnet = spawnSync('dotnet', ['--version']).status !== 0

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-second-opinion-'))
  writeFileSync(join(folder, 'right.json'), JSON.stringify(noteFactory.build()))
  writeFileSync(join(folder, 'unknown.json'), JSON.stringify({ ...noteFactory.build(), priority: 'high' }))
})

afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function check(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  try {
    const options = { cwd: folder, env: { ...process.env, ...env } }
    const ended = await promisify(execFile)(process.execPath, ['--import', TSX, MAIN, 'check', ...args], options)
    return { code: 0, ...ended }
  } catch (error) {
    return error as Ended
  }
}

describe('jftsim check --second-opinion', () => {
  test('says what is missing where there is no .NET', async () => {
    expect(await check(['--second-opinion', 'right.json'], { PATH: '' })).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'jftsim: --second-opinion: There is no `dotnet` on the PATH; the real library needs the .NET SDK 8 or later: https://dotnet.microsoft.com/download\n',
    })
  })

  test('is what --sdk belongs to', async () => {
    expect(await check(['--sdk', '6', 'right.json'])).toMatchObject({
      code: 2,
      stderr: 'jftsim: --sdk says which version --second-opinion asks; give that too.\n',
    })
  })
})

describe.skipIf(withoutDotnet)('the real library beside the simulator', () => {
  test.skipIf(!isWhole)('in text and in JSON, for files and a folder', async ({ skip }) => {
    const text = await check(['--second-opinion', 'right.json', 'unknown.json'])
    if (text.stderr.includes('could not be restored')) skip(text.stderr)
    expect(text.code).toBe(1)
    expect(text.stdout).toMatch(
      /Second opinion: Firely \.NET SDK 6\.8\.0 on \.NET [\d.]+ accepts\n {2}The simulator, playing SDK 6, says the same\./,
    )
    expect(text.stdout).toMatch(
      /reports 1 issue\n {4}PVAL128 Composition\.priority: Found unknown element 'priority'\. \(line 1, position \d+\)/,
    )

    const json = await check(['--second-opinion', '--json', 'unknown.json'])
    expect(JSON.parse(json.stdout)[0].secondOpinion).toMatchObject({
      firely: '6.8.0',
      strict: { accepted: false, issues: [{ code: 'PVAL128', severity: 'Error' }] },
      sameVerdict: true,
      sameCodes: true,
      simulatorCodes: ['PVAL128'],
    })

    const readiness = JSON.parse((await check(['--second-opinion', '--json', folder])).stdout)
    expect(
      readiness.secondOpinions.map(({ file, sameCodes }: { file: string; sameCodes: boolean }) => [file, sameCodes]),
    ).toEqual([
      [join(folder, 'right.json'), true],
      [join(folder, 'unknown.json'), true],
    ])
  })
})
