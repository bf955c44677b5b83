import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { MAIN } from './jftsim.fixture.ts'

const ROOT = join(import.meta.dirname, '..')

const withoutJava = spawnSync('javac', ['-version']).status !== 0
const run = promisify(execFile)

test.skipIf(withoutJava)(
  'the Java of docs/java.md compiles, and does what the page says',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jftsim-java-'))
    const files = sourcesOf('java')
    for (const [name, source] of files) writeFileSync(join(folder, name), source)
    await run('javac', ['-Xlint:all', '-Werror', ...files.keys()], { cwd: folder })
    await run(process.execPath, [MAIN, 'generate', 'note', '--out', join(folder, 'events')])
    const command = `-Djftsim=${process.execPath} ${MAIN}`
    const { stdout } = await run('java', [command, '-cp', folder, 'FirstTest'], { cwd: folder })
    rmSync(folder, { recursive: true })

    const [answer, events = '', refused = ''] = stdout.trim().split('\n')
    expect(answer).toMatch(
      /^202 http:\/\/localhost:\d+\/s\/[0-9a-f-]{36}\/read\/v1\/Composition\/[0-9a-f-]{36}\/\$status$/,
    )
    expect(JSON.parse(events).events).toMatchObject([{ type: 'Composition', municipality: '313231593' }])
    expect(JSON.parse(refused).exchanges).toEqual([])
  },
)

test.skipIf(withoutJava)('the page for .NET says the same of paths and bodies as that for Java', () => {
  const [java, dotnet] = [pageOf('java'), pageOf('dotnet')]
  for (const part of ['Configure the system under test', 'What to look out for']) {
    const table = (page: string) => page.slice(page.indexOf(`## ${part}`)).match(/^\| .*$/gm)
    expect(table(dotnet)).toEqual(table(java))
  }
  const words = (page: string) =>
    new Set(
      page.match(
        /\/_sim\/[\w?=]+|\/ttt\/v2\/[\w-]+|\b(?:audience|htuClaimValue|htmClaimValue|orgnrParent|scope|createDPoPTokenWithDPoPProof|dPoPProofParameters|clientClaimsParameters|accessTokenJwt|dPoPProof)\b/g,
      ),
    )
  expect(words(dotnet)).toEqual(words(java))
})

function pageOf(name: string): string {
  return readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8')
}

/** The code blocks of a page that begin with a comment with a file name. */
function sourcesOf(name: string): Map<string, string> {
  const blocks = pageOf(name).matchAll(/```\w+\n\/\/ (\w+\.\w+)\n([\s\S]*?)```/g)
  return new Map([...blocks].map(([, file = '', source = '']) => [file, source]))
}
