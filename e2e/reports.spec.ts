import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from '@playwright/test'
import { violations } from './axe.ts'
import { MAIN } from './places.ts'
import { test } from './support.ts'

/** The reports of `jftsim run` and `jftsim verify`: one page each, opened from the disk, without a network. */

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const PACK = `pack: own
title: Own
scenarios:
  - id: own-kept
    title: A note is accepted
    proves: [write-202]
    steps:
      - submit: { fixture: note, save: note }
        expect: { status: 202 }
      - status: note
        expect: { event: registered }
  - id: own-broken
    title: A note with one author is accepted
    proves: [write-format-r4]
    steps:
      - submit: { fixture: note, spoil: single-object }
        expect: { status: 202 }
      - search: { type: Composition }
`

let folder: string

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-reports-'))
})

test.afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command as a user does; gives its exit code. */
function jftsim(...args: string[]): Promise<number> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { cwd: ROOT }, (error) => resolve(error ? Number(error.code) : 0))
  })
}

test.describe('without a network', {
  tag: '@served',
  annotation: { type: 'served', description: 'no simulator is called' },
}, () => {
  test.use({ offline: true })

  test('the report of a run says what was expected, what was there, and what each request went through', async ({
    page,
  }) => {
    const pack = join(folder, 'own.yaml')
    const report = join(folder, 'run.html')
    writeFileSync(pack, PACK)
    expect(await jftsim('run', pack, '--report', `html=${report}`)).toBe(1)

    await page.goto(pathToFileURL(report).href)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('failed')
    await expect(page.getByRole('row').filter({ hasText: 'write-format-r4' })).toContainText('broken')
    await expect(page.getByRole('row').filter({ hasText: 'write-202' })).toContainText('kept')

    const broken = page.locator('#own-broken')
    await expect(broken.locator('.diff')).toHaveText('- 202\n+ 400')
    await expect(broken.locator('.badge.not-reached')).toBeVisible()
    await broken.getByText('/write/v1/Composition').first().click()
    await expect(broken.getByText('r4-array-expected').first()).toBeVisible()
    await expect(broken.getByText('Expected start of array.').first()).toBeVisible()
    const curl = broken
      .locator('pre')
      .filter({ hasText: "curl -sS -i -X POST 'http://localhost:7357/write/v1/Composition'" })
    await expect(curl).toBeVisible()

    await page.getByRole('radio', { name: 'failed' }).check()
    await expect(page.locator('#own-kept')).toBeHidden()
    await expect(broken).toBeVisible()

    await page.getByRole('radio', { name: 'all' }).check()
    await page.locator('details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '')
    })
    expect(await violations(page, 'the report of a run')).toEqual([])
  })

  test('the verdict on a program names the requirement that it breaks, and shows the exchange', async ({ page }) => {
    const report = join(folder, 'verify.html')
    const badge = join(folder, 'badge.json')
    const program = [
      'examples/response-centre/response-centre.js',
      '--count',
      '2',
      '--wait',
      '1',
      '--bug',
      'no-source-system',
    ]
    const wanted = ['--report', `html=${report}`, '--report', `badge=${badge}`]
    expect(await jftsim('verify', 'response-centre', ...wanted, '--', process.execPath, ...program)).toBe(1)

    await page.goto(pathToFileURL(report).href)
    await expect(page.getByRole('row').filter({ hasText: 'names-source-system' })).toContainText('broken')
    const broken = page.locator('#names-source-system')
    await expect(broken).toContainText('submissions do not name their system')
    await broken.getByText('/write/v1/').first().click()
    await expect(broken.getByText('Request', { exact: true }).first()).toBeVisible()
    expect(JSON.parse(readFileSync(badge, 'utf8'))).toMatchObject({ schemaVersion: 1, isError: true, color: 'red' })
  })
})
