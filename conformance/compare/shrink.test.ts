import { expect, test } from 'vitest'
import { shrink } from './shrink.ts'

/** Differs where the text has the part. */
const having = (part: string) => async (payloads: readonly Buffer[]) =>
  payloads.map((payload) => payload.toString().includes(part))

test('a payload shrinks to what shows the difference', async () => {
  const entry = { resource: { resourceType: 'Patient', name: [{ given: ['a', 'b'], family: '' }], active: true } }
  const payload = Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [entry, entry] }))
  expect((await shrink(payload, having('"family":""'))).toString()).toBe('{"family":""}')
})

test('a text that is not JSON shrinks too', async () => {
  const payload = Buffer.from('{"resourceType":"Patient","active":tru,"id":"x"')
  expect((await shrink(payload, having('tru,'))).toString()).toBe('tru,')
})

test('a payload that nothing smaller shows stays as it is', async () => {
  const payload = Buffer.from('{"id":"x"}')
  expect(await shrink(payload, async (payloads) => payloads.map(() => false))).toEqual(payload)
})

test('what it asks about is bounded, and many at a time', async () => {
  const payload = Buffer.from(JSON.stringify(Array.from({ length: 400 }, (_, index) => ({ index }))))
  let rounds = 0
  await shrink(payload, async (payloads) => {
    rounds++
    return payloads.map((one) => one.toString().includes('"index":399'))
  })
  expect(rounds).toBeLessThan(40)
})
