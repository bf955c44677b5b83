import { execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { isWhole } from '../simulator/sample.fixture.ts'
import { build, mustNpm } from './process.mjs'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)

let folder: string
let user: string
let packed: readonly string[]

/**
 * Packs the sources as they would be in a bare clone, without dist, and installs the tarball in an empty folder. In a sample
 * what is built here is packed, without the docs site: to build both again takes as long as all other tests of the scripts.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  const clone = join(folder, 'clone')
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' })
  for (const file of files.split('\0').filter((name) => name !== '')) copy(file, clone)
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'))
  user = join(folder, 'user')
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{ "type": "module", "private": true }')
  await (isWhole ? npm(clone, 'pack', '--pack-destination', folder) : packBuilt(clone))
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  const msw = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.msw
  said = await npm(user, 'install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball))
  packed = readdirSync(join(user, 'node_modules/jft-simulator'), { recursive: true, encoding: 'utf8' })
  installed = packagesIn(user)
  size = bytesIn(join(user, 'node_modules'))
  await npm(user, 'install', '--no-audit', '--no-fund', '--prefer-offline', `msw@${msw}`)
})

let installed: readonly string[]
let said: string
let size: number

afterAll(() => rmSync(folder, { recursive: true }))

function copy(file: string, clone: string): void {
  try {
    mkdirSync(dirname(join(clone, file)), { recursive: true })
    cpSync(join(ROOT, file), join(clone, file))
  } catch (error) {
    // A file that git still lists, and that is being removed.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function packBuilt(clone: string): Promise<void> {
  await build()
  cpSync(join(ROOT, 'dist'), join(clone, 'dist'), { recursive: true })
  await run(process.execPath, ['scripts/run.mjs', 'packing'], { cwd: clone })
  await npm(clone, 'pack', '--ignore-scripts', '--pack-destination', folder)
}

/** As a user calls npm, who is in no script of another package. */
function npm(cwd: string, ...args: string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))
  return mustNpm(args, { cwd, env })
}

function bytesIn(root: string): number {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

function packagesIn(root: string): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, object> }
  return Object.keys(lock.packages).filter((path) => path !== '')
}

/** Runs the installed command as a user does, by the file that npm made: never by a name that a registry could answer to. */
async function jftsim(...args: string[]): Promise<string> {
  const command = join(user, 'node_modules/.bin/jftsim')
  try {
    return (await run(process.execPath, [command, ...args], { cwd: user })).stdout
  } catch (error) {
    return String((error as { stdout: string }).stdout)
  }
}

test('a bare clone packs all that README speaks of, built', () => {
  for (const file of [
    'dist/cli/main.js',
    'dist/ui/index.html',
    expect.stringMatching(/^dist\/database\/pglite-/),
    ...(isWhole ? ['dist/docs/tour.html'] : []),
    'docs/tour.md',
    'examples/ehr/ehr.js',
    'scenarios/README.md',
  ])
    expect(packed).toContainEqual(file)
  expect(packed.filter((file) => /\.(?:test|fixture)\./.test(file) || file.endsWith('.tsx'))).toEqual([])
})

test('an install has under 25 packages and 30 MB, runs no script, and npm has nothing to warn of', () => {
  expect(installed.length).toBeLessThan(25)
  const { scripts } = JSON.parse(readFileSync(join(user, 'node_modules/jft-simulator/package.json'), 'utf8'))
  expect(Object.keys(scripts).filter((name) => /install$|^prepare$/.test(name))).toEqual([])
  expect(said).not.toContain('npm warn')
  expect(size).toBeLessThan(30 * 2 ** 20)
})

test.skipIf(!isWhole)('check, run and verify with a shipped example work from the package', async () => {
  writeFileSync(join(user, 'note.json'), JSON.stringify(noteFactory.build()))
  expect(await jftsim('check', 'note.json')).toContain('note.json: accepted by JFT')
  expect(await jftsim('run', 'jft-write', '--filter', 'write-accepts-a-note')).toMatch(/[1-9]\d* passed, 0 failed/)
  const example = join(user, 'node_modules/jft-simulator/examples/ehr/ehr.js')
  const said = await jftsim('verify', 'ehr', '--events', '5', '--', process.execPath, example, '--until-empty')
  expect(said).toMatch(/\d+ kept, 0 broken/)
})

test('startJft and msw work from the package', async () => {
  const program = `
    import { startJft } from 'jft-simulator'
    import { setupJft } from 'jft-simulator/msw'
    import { noteFactory } from 'jft-simulator/fixtures'
    const submit = async (url, token) => fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await token.authorize('POST', url)) },
      body: JSON.stringify(noteFactory.build()),
    })
    const jft = await startJft()
    const local = await submit(jft.urls['jft-write'] + '/v1/Composition', await jft.token('313231593'))
    await jft.close()
    const msw = setupJft()
    msw.listen()
    const real = await submit('https://api.write.jft.test.nhn.no/v1/Composition', await msw.token('313231593'))
    msw.close()
    console.log(local.status, real.status)`
  writeFileSync(join(user, 'program.js'), program)
  expect((await run(process.execPath, ['program.js'], { cwd: user })).stdout).toBe('202 202\n')
})
