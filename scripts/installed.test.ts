import { expect, test } from 'vitest'
import { matchesLock } from './installed.mjs'

const hono = { version: '4.13.19', integrity: 'sha512-a' }
const darwin = { version: '1.2.19', integrity: 'sha512-b', optional: true, os: ['darwin'] }
const locked = { 'node_modules/hono': hono, 'node_modules/binding-darwin': darwin }

test('an install may lack the optional packages of other platforms', () => {
  expect(matchesLock({ 'node_modules/hono': hono }, locked)).toBe(true)
})

test.each([
  ['lacks a package', {}],
  ['has another version', { 'node_modules/hono': { ...hono, version: '4.13.18' } }],
  ['has other content', { 'node_modules/hono': { ...hono, integrity: 'sha512-c' } }],
  ['has a package that is no longer locked', { 'node_modules/hono': hono, 'node_modules/ky': hono }],
])('an install that %s does not match', (_, installed) => {
  expect(matchesLock(installed, locked)).toBe(false)
})
