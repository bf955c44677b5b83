import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('./run.mjs', import.meta.url))

test('a mistyped command is answered with the nearest and with all', () => {
  const { status, stderr } = spawnSync(process.execPath, [program, 'tset'], { encoding: 'utf8' })
  expect(stderr).toBe(
    "Unknown command 'tset'. Did you mean 'test'? Valid: start, test, build, bench, conformance, compat, binaries, site, browsers, examples, image, clients, stryker, bruno, prepare, packing, packed, jftsim.\n",
  )
  expect(status).toBe(2)
})
