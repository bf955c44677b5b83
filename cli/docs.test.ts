import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { start } from './commands/start.ts'
import { MAIN } from './jftsim.fixture.ts'

const ROOT = join(import.meta.dirname, '..')

const withoutJava = spawnSync('javac', ['-version']).status !== 0
const run = promisify(execFile)

test.skipIf(withoutJava)('the first test of docs/java.md compiles, and does what the page says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-java-'))
  const files = ['JftSimulator', 'FirstTest'].map((name) => join(ROOT, 'examples/java/testing', `${name}.java`))
  await run('javac', ['-Xlint:all', '-Werror', '-d', folder, ...files])
  await run(process.execPath, [MAIN, 'generate', 'note', '--out', join(folder, 'events')])
  const command = `-Djftsim=${process.execPath} ${MAIN}`
  const { stdout } = await run('java', [command, '-cp', folder, 'testing.FirstTest'], { cwd: folder })
  rmSync(folder, { recursive: true })

  const [answer, events = '', refused = ''] = stdout.trim().split('\n')
  expect(answer).toMatch(
    /^202 http:\/\/localhost:\d+\/s\/[0-9a-f-]{36}\/read\/v1\/Composition\/[0-9a-f-]{36}\/\$status$/,
  )
  expect(JSON.parse(events).events).toMatchObject([{ type: 'Composition', municipality: '313231593' }])
  expect(JSON.parse(refused).exchanges).toEqual([])
})

test('the table of environment variables is that of the options', () => {
  const rows = start().options.flatMap(({ envVar, long, mandatory, required }) => {
    const set = required || mandatory ? '' : ', `true` or `false`'
    return envVar === undefined ? [] : [`| \`${envVar}\`${set} | \`${long}\` |`]
  })
  const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8')
  expect(page.match(/^\| `JFTSIM_.*$/gm)).toEqual(rows)
})

test('the pages for .NET and Java say the same of the paths of the services', () => {
  const table = (name: string) => {
    const page = readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8')
    return page.slice(page.indexOf('## Configure the system under test')).match(/^\| .*$/gm)
  }
  expect(table('java')).toHaveLength(5)
  expect(table('dotnet')).toEqual(table('java'))
})
