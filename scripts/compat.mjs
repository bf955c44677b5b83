import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { build, capture, mustNpm, npm } from './process.mjs'

/** Node's own program comes as a package for each platform. */
const PLATFORM = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const NODES = /** @type {const} */ ({ 20: '20.20.2', 22: '22.23.5', 24: '24.22.3' })
/** msw 3 needs Node 22. */
const MSW_3 = 'msw@3.0.5'
const TYPED = ['vitest@4.1.12', 'jest@30.5.2', '@jest/globals@30.5.2', 'typescript@7.0.2', '@types/node@20.19.43']

/** What a vendor writes: a client that knows the real Test hosts, in a test without a port, and one with a port. */
const CONSUMER = `
import assert from 'node:assert/strict'
import test from 'node:test'
import { startJft } from 'jft-simulator'
import { noteFactory } from 'jft-simulator/fixtures'
import { setupJft } from 'jft-simulator/msw'

async function submit(url, jft) {
  const token = await jft.token('313231593')
  const headers = { 'content-type': 'application/json', ...(await token.authorize('POST', url)) }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(noteFactory.build()) })
}

test('a submission to the real Test host is answered by the simulator', async () => {
  const jft = setupJft()
  jft.listen()
  try {
    const answer = await submit('https://api.write.jft.test.nhn.no/v1/Composition', jft)
    assert.equal(answer.status, 202)
    assert.match(answer.headers.get('location'), /^https:\\/\\/api\\.read\\.jft\\.test\\.nhn\\.no\\//)
  } finally {
    jft.close()
  }
})

test('a submission to a port', async () => {
  const jft = await startJft()
  assert.equal((await submit(jft.urls['jft-write'] + '/v1/Composition', jft)).status, 202)
  await jft.close()
})
`

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    outDir: 'out',
    types: ['node'],
    skipLibCheck: true,
  },
  include: ['*.ts'],
}

/**
 * The optional job for who installs the package: packs it, installs it in a folder of its own, and uses it there under each
 * Node that it is for, with msw 2 and 3, and from TypeScript with vitest and jest. It downloads some 450 MB.
 * @param {string[]} args `--if-found`: where Node's programs cannot be had, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function compat(args) {
  await build()
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-compat-'))
  try {
    const problem = await prepare(folder)
    if (problem === undefined) return await tryAll(folder)
    console.error(
      `Node ${Object.keys(NODES).join(', ')} could not be installed: the package was not tried.\n${problem}`,
    )
    return args.includes('--if-found') ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @returns {Promise<string | undefined>} what npm said where Node cannot be had
 */
async function prepare(folder) {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n')
  const nodes = Object.entries(NODES).map(([major, version]) => `node${major}@npm:${PLATFORM}@${version}`)
  const had = await npm(['install', '--no-audit', '--no-fund', ...nodes], { cwd: folder })
  if (had.code !== 0) return had.output
  const packing = ['pack', inRoot(), '--ignore-scripts', '--silent', '--pack-destination', folder]
  const packed = await mustNpm(packing, { cwd: folder })
  const tarball = join(folder, packed.trim().split('\n').at(-1) ?? '')
  const { msw } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).devDependencies
  await mustNpm(['install', '--no-audit', '--no-fund', tarball, `msw@${msw}`, ...TYPED], { cwd: folder })
  writeFileSync(join(folder, 'consumer.test.js'), CONSUMER)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
  cpSync(inRoot('examples', 'javascript', 'matchers.vitest.ts'), join(folder, 'matchers.test.ts'))
  cpSync(inRoot('examples', 'javascript', 'msw.vitest.ts'), join(folder, 'msw.test.ts'))
  cpSync(inRoot('examples', 'javascript', 'matchers.jest.ts'), join(folder, 'jest.ts'))
  return undefined
}

/** @param {string} folder */
async function tryAll(folder) {
  const use = userIn(folder)
  for (const major of /** @type {(keyof typeof NODES)[]} */ ([20, 22, 24])) await use.package(major)
  await mustNpm(['install', '--no-audit', '--no-fund', MSW_3], { cwd: folder })
  for (const major of /** @type {const} */ ([22, 24]))
    await use.node(major, ['--test', 'consumer.test.js'], /# fail 0|ℹ fail 0/)
  console.log(`${MSW_3}, under Node 22 and 24.`)
  return 0
}

/** @param {string} folder */
function userIn(folder) {
  const program = (/** @type {keyof typeof NODES} */ major) =>
    join(folder, 'node_modules', `node${major}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const installed = join(folder, 'node_modules', 'jft-simulator')
  /**
   * @param {keyof typeof NODES} major
   * @param {string[]} args
   * @param {RegExp} expected
   */
  const node = async (major, args, expected) => {
    const env = { ...process.env, NODE_OPTIONS: args[0]?.includes('jest') ? '--experimental-vm-modules' : '' }
    const { code, output } = await capture(program(major), args, { cwd: folder, env })
    if (code !== 0 || !expected.test(output)) throw new Error(`Under Node ${major}: ${args.join(' ')}\n${output}`)
  }
  const jftsim = (
    /** @type {keyof typeof NODES} */ major,
    /** @type {string[]} */ args,
    /** @type {RegExp} */ expected,
  ) => node(major, [join(installed, 'dist', 'cli', 'main.js'), ...args], expected)
  return {
    node,
    package: async (/** @type {keyof typeof NODES} */ major) => {
      await jftsim(major, ['generate', 'note', '--out', 'events'], /1 files written/)
      await jftsim(major, ['check', 'events'], /1 {2}pass today/)
      await jftsim(major, ['run', 'jft-write', '--filter', 'write-accepts-a-note'], /1 passed, 0 failed/)
      const example = join(installed, 'examples', 'ehr', 'ehr.js')
      await jftsim(major, ['verify', 'ehr', '--', program(major), example, '--until-empty'], / 0 broken/)
      await node(major, ['--test', 'consumer.test.js'], /# fail 0|ℹ fail 0/)
      await node(major, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], /^$/)
      await node(major, ['node_modules/vitest/vitest.mjs', 'run', 'matchers.test.ts', 'msw.test.ts'], /2 passed/)
      cpSync(join(folder, 'out', 'jest.js'), join(folder, 'matchers-jest.test.js'))
      await node(major, ['node_modules/jest/bin/jest.js', 'matchers-jest'], /1 passed/)
      console.log(
        `Node ${NODES[major]}: check, run, verify, startJft, msw, and matchers in vitest and jest by TypeScript.`,
      )
    },
  }
}
