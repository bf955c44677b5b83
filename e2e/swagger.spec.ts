import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { test, textOf } from './support.ts'

test('the swagger page submits a Composition with a real token and proof', async ({ page }) => {
  await page.goto('/write/swagger')
  await page.getByText('Submit an event').click()
  const operation = page.getByRole('group').filter({ hasText: 'Submit an event' })
  await operation.getByLabel('type path').selectOption('Composition')
  await operation.getByLabel('nhn-source-system').fill('Swagger page 1.0')
  await operation.getByLabel('Body').fill(textOf(noteFactory.build()))
  await operation.getByRole('button', { name: 'Send' }).click()
  await expect(operation.getByRole('status')).toContainText('202')
  await expect(operation.getByRole('status')).toContainText('location:')

  await operation.getByRole('link', { name: 'Steps of this request' }).click()
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('store')
})
