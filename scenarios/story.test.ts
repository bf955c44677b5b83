import { expect, test } from 'vitest'
import { setupJft } from '../simulator/adapters/msw.ts'
import { createSandbox } from '../simulator/adapters/testing/sandbox.ts'
import { startJft } from '../simulator/adapters/testing/start-jft.ts'
import { createSimulator } from '../simulator/index.ts'
import { type StoryLine, tellStory } from './story.ts'

/** The same story, told through every door. */

const BEGINNING = { seed: 'story', frozenAt: '2026-03-02T12:15:00Z' }

async function throughTheFunction(): Promise<StoryLine[]> {
  const { fetch, world } = createSimulator()
  return tellStory(await createSandbox({ name: 'default', urls: world.net.origins.local, fetch }, BEGINNING))
}

/** Sends over HTTP, as a program of another process does. */
async function throughAPort(): Promise<StoryLine[]> {
  await using jft = await startJft()
  return await tellStory({ ...(await jft.sandbox(BEGINNING)), fetch: (request) => fetch(request) })
}

/** Sends to the real host names. */
async function throughMsw(): Promise<StoryLine[]> {
  const jft = setupJft(BEGINNING)
  jft.listen()
  try {
    return await tellStory({ ...jft, fetch: (request) => fetch(request) })
  } finally {
    jft.close()
  }
}

test('the story goes as the documents say', async () => {
  const lines = await throughTheFunction()
  const told = lines.map(({ request, status }) => `${request.replace(/[0-9a-f-]{36}/, '{id}')} ${status}`)
  const runs = told
    .filter((line, index) => line !== told[index - 1])
    .map((line) => line.replace(/(cursor=).*(?= )/, '$1…'))
  expect(runs).toMatchInlineSnapshot(`
    [
      "POST {jft-write}/v1/Composition 202",
      "POST {jft-write}/v1/Bundle 202",
      "POST {jft-write}/v1/MedicationDispense 202",
      "POST {jft-write}/v1/Bundle 202",
      "GET {jft-read}/v1/Composition/{id}/$status 200",
      "GET {jft-read}/v1/Bundle/{id}/$status 200",
      "GET {jft-read}/v1/MedicationDispense/{id}/$status 200",
      "GET {jft-read}/v1/Bundle/{id}/$status 200",
      "GET {jft-read}/v1/Bundle?_count=2 200",
      "GET {jft-read}/v1/Bundle?cursor=… 200",
      "GET {jft-read}/v1/Bundle?cursor=… 200",
      "GET {jft-read}/v1/Composition?_count=2 200",
      "GET {jft-read}/v1/MedicationDispense?_count=2 200",
      "POST {jft-write}/v1/Bundle/{id}/$journaling-acknowledged 202",
      "POST {jft-write}/v1/Composition/{id}/$journaling-acknowledged 202",
      "POST {jft-write}/v1/MedicationDispense/{id}/$journaling-acknowledged 202",
      "GET {jft-read}/v1/Composition/{id}/$status 200",
      "GET {jft-read}/v1/Bundle/{id}/$status 200",
      "GET {jft-read}/v1/MedicationDispense/{id}/$status 200",
      "GET {jft-read}/v1/Bundle/{id}/$status 200",
      "POST {jft-write}/v1/Composition 400",
      "POST {jft-write}/v1/Observation 404",
      "GET {jft-read}/v1/Bundle/{id}/$status 404",
      "GET {jft-read}/v1/Bundle?_cuont=5 400",
    ]
  `)
})

test('each event is registered, read a minute later, and acknowledged a minute after that', async () => {
  const bodies = (await throughTheFunction()).filter(({ request }) => /\$status$/.test(request)).map(({ body }) => body)
  const registered = '2026-03-02T12:15:00+00:00'
  const before = { registered, read: null, journalingAcknowledged: null, failed: null }
  const after = { ...before, read: '2026-03-02T12:16:00+00:00', journalingAcknowledged: '2026-03-02T12:17:00+00:00' }
  expect(bodies.slice(0, 16)).toEqual([...Array(8).fill(before), ...Array(8).fill(after)])
})

test('it goes the same through a port', async () => {
  expect(await throughAPort()).toEqual(await throughTheFunction())
})

test('it goes the same under the real host names', async () => {
  expect((await throughMsw()).map(withoutSandbox)).toEqual((await throughTheFunction()).map(withoutSandbox))
})

/**
 * The real host names lead to the default sandbox: links need not name it, and the key of its seals comes by chance, not
 * from the seed.
 */
function withoutSandbox(line: StoryLine): unknown {
  const open = (cursor: string) => atob(atob(decodeURIComponent(cursor))).replace(/,"Seal":"[^"]*"/, '')
  const text = JSON.stringify(line).replace(/\?sandbox=[\w-]+/g, '')
  return text.replace(/cursor=([^"]*)/g, (_, cursor) => `cursor=${open(cursor)}`)
}
