import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { type Place, startSimulator } from './places.ts'
import { test as base, served } from './support.ts'

const SEEN = { certainty: 'observed', date: '2026-11-01T10:00:00Z', environment: 'NHN Test', evidence: [] }
const CALIBRATION = {
  settings: {
    countMax: { ...SEEN, value: 100, confidence: 'medium' },
    metadata: { ...SEEN, value: 'not-found', confidence: 'high' },
  },
  undecided: {},
}

/** The page of a simulator that was started with a calibration. */
const test = base.extend<object, { readonly place: Place }>({
  place: [
    async ({ browserName: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'jftsim-calibration-'))
      const file = join(folder, 'calibration.json')
      writeFileSync(file, JSON.stringify(CALIBRATION))
      const place = await startSimulator('--calibration', file)
      await use(place)
      await place.stop()
      rmSync(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
})

const started = served('a simulator in a page is started with no calibration')

test(
  'what was observed stands at its setting: the value, where and when, and how surely',
  started,
  async ({ page }) => {
    await page.goto('./?lang=en#/rules')
    const settings = page.getByRole('list', { name: 'Undocumented points' })
    const setting = settings.getByRole('listitem').filter({ hasText: 'countMax' })
    await expect(setting.getByLabel('How large may _count be?')).toHaveValue('100')
    await expect(setting).toContainText('observed 100 NHN Test, 1 Nov 2026')
    await expect(setting.getByTitle('Two probes agreed on a threshold.')).toBeVisible()
    await expect(settings.getByTitle('Two probes agreed.')).toHaveCount(1)
    await expect(settings.getByRole('listitem').filter({ hasText: 'NHN Test' })).toHaveCount(2)
  },
)

test('the same in Norwegian', started, async ({ page }) => {
  await page.goto('./?lang=nb#/rules')
  const setting = page.getByRole('listitem').filter({ hasText: 'countMax' })
  await expect(setting).toContainText('observert 100 NHN Test, 1. nov. 2026')
  await expect(setting.getByTitle('To prøver fant samme terskel.')).toBeVisible()
})
