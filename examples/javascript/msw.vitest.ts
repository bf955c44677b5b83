import { noteFactory } from 'jft-simulator/fixtures'
import { setupJft } from 'jft-simulator/msw'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const WRITE = 'https://api.write.jft.test.nhn.no/v1/Composition'

// docs:msw
const jft = setupJft()
beforeAll(() => jft.listen())
afterEach(() => jft.reset())
afterAll(() => jft.close())

test('our client submits a note to the real host', async () => {
  const token = await jft.token('313231593')
  const headers = { 'content-type': 'application/json', ...(await token.authorize('POST', WRITE)) }

  const answer = await fetch(WRITE, { method: 'POST', headers, body: JSON.stringify(noteFactory.build()) })

  expect(answer.status).toBe(202)
  expect(await jft.events()).toMatchObject([{ type: 'Composition', municipality: '313231593' }])
})
// docs:end
