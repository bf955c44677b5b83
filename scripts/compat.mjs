import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { build, capture, mustNpm } from './process.mjs'

/** Msw 3 needs Node 22, which comes as a package of its own for each platform. */
const NODE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const PACKAGES = ['msw@3.0.5', `${NODE}@22.23.3`]

/** What a vendor writes: a client that knows the real Test hosts, in a test without a port. */
const CONSUMER = `
import assert from 'node:assert/strict'
import test from 'node:test'
import { setupJft } from 'jft-simulator/msw'
import { noteFactory } from 'jft-simulator/fixtures'

test('a submission to the real Test host is answered by the simulator', async () => {
  const jft = setupJft()
  jft.listen()
  try {
    const url = 'https://api.write.jft.test.nhn.no/v1/Composition'
    const token = await jft.token('313231593')
    const headers = { 'content-type': 'application/json', ...(await token.authorize('POST', url)) }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(noteFactory.build()) })
    assert.equal(answer.status, 202)
    assert.match(answer.headers.get('location'), /^https:\\/\\/api\\.read\\.jft\\.test\\.nhn\\.no\\//)
  } finally {
    jft.close()
  }
})
`

/**
 * The optional job for msw 3: packs this package, installs it beside msw 3 and a Node 22 binary in a folder of its own,
 * and runs a consumer's test there. Not a part of `npm test`: it downloads some 180 MB.
 */
export async function compat() {
  await build()
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-compat-'))
  try {
    return await runIn(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder */
async function runIn(folder) {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n')
  writeFileSync(join(folder, 'consumer.test.js'), CONSUMER)
  const packed = await mustNpm(['pack', inRoot(), '--pack-destination', folder, '--silent'], { cwd: folder })
  const tarball = join(folder, packed.trim().split('\n').at(-1) ?? '')
  await mustNpm(['install', '--prefix', folder, '--no-audit', '--no-fund', tarball, ...PACKAGES], { cwd: folder })
  const node = join(folder, 'node_modules', NODE, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const tested = await capture(node, ['--test', join(folder, 'consumer.test.js')])
  console.log(tested.output)
  return tested.code
}
