import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const FIXTURE = join(import.meta.dirname, 'unawaited.fixture.ts')

/** The lines of the fixture that the linter refuses, by the project's own rules. */
function refusedLines(): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  try {
    const config = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8')) as object
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ ...config, ignorePatterns: [] }))
    const args = ['--type-aware', '--format=unix', '-c', join(folder, 'rules.json'), FIXTURE]
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), ...args], {
      cwd: ROOT,
    })
    return Array.from(String(stdout).matchAll(/fixture\.ts:(\d+):/g), ([, line]) => Number(line))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a promise of a port that nobody awaits is an error, wherever it stands', () => {
  const lines = readFileSync(FIXTURE, 'utf8').split('\n')
  const marked = lines.flatMap((line, index) => (line.endsWith('// error') ? [index + 1] : []))
  expect(marked.length).toBeGreaterThan(8)
  expect(refusedLines()).toEqual(marked)
})
