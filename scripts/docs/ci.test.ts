import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { MAIN } from '../../cli/jftsim.fixture.ts'
import { formsOf } from '../../simulator/sample.fixture.ts'
import { inRoot } from '../paths.mjs'

const SAMPLES = readdirSync(inRoot('docs/ci'))

/** How the samples call the program: whole, by a variable of Azure, and by one of GitLab. */
const CALL = /(?:node node_modules\/jft-simulator\/dist\/cli\/main\.js|\$\(jftsim\)|\$JFTSIM) (.+)/

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-ci-'))
  mkdirSync(join(folder, 'payloads'))
  cpSync(inRoot('examples/payloads/note.json'), join(folder, 'payloads/note.json'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Every command in a sample, wherever the service has it. */
function commandsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n').flatMap((line) => CALL.exec(line)?.[1] ?? [])
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(commandsIn) : []
}

const COMMANDS = SAMPLES.flatMap((name) =>
  commandsIn(parse(readFileSync(inRoot('docs/ci', name), 'utf8'))).map((command) => [name, command] as const),
)

/** As a shell runs it; one scenario instead of all. */
async function run(command: string): Promise<{ code: number; stderr: string }> {
  const own = command.replace(/^run /, 'run --filter write-accepts-a-note ')
  try {
    const ended = await promisify(execFile)('sh', ['-c', `"${process.execPath}" "${MAIN}" ${own}`], { cwd: folder })
    return { code: 0, stderr: ended.stderr }
  } catch (error) {
    return error as { code: number; stderr: string }
  }
}

test('there is a sample for each service, and it checks, plays and verifies', () => {
  expect(SAMPLES.sort()).toEqual(['azure-pipelines.yml', 'github-actions.yml', 'gitlab-ci.yml'])
  for (const name of SAMPLES) {
    const names = COMMANDS.filter(([sample]) => sample === name).map(([, command]) => command.split(' ')[0])
    expect(names).toEqual(['check', 'run', 'verify'])
  }
})

describe.each(COMMANDS.filter(([name]) => formsOf('service', SAMPLES).includes(name)))(
  '%s: jftsim %s',
  (_name, command) => {
    test('is right', async () => {
      const { code, stderr } = await run(command)
      const [name = ''] = command.split(' ')
      // The payload is rejected; and the program of the sample is not there, which is found when all else is right.
      const ends = {
        check: [1, ''],
        run: [0, ''],
        verify: [2, 'jftsim: ./our-program cannot be started: spawn ./our-program ENOENT\n'],
      }
      expect([code, stderr]).toEqual(ends[name as keyof typeof ends])
    })

    test('writes the files that it names', () => {
      const files = [...command.matchAll(/(?:> |=)([\w.]+\.(?:xml|html|sarif))/g)].map(([, file = '']) => file)
      const written = command.startsWith('verify') ? [] : files
      expect(files.length).toBeGreaterThan(0)
      for (const file of written) expect(existsSync(join(folder, file))).toBe(true)
    })
  },
)
