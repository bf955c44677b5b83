import { type JftMatchers, jftMatchers, startJft } from 'jft-simulator'
import { noteFactory } from 'jft-simulator/fixtures'
import { expect, test } from 'vitest'

// docs:vitest
// Once, in a file of the project: what expect has learnt.
declare module 'vitest' {
  interface Matchers<T> extends JftMatchers<Promise<T>> {}
}
expect.extend(jftMatchers)
// docs:end

// docs:test
test('a note is received, and nobody has journaled it', async () => {
  await using jft = await startJft()
  const sandbox = await jft.sandbox()
  const url = sandbox.urls['jft-write'].concat('/v1/Composition')
  const token = await sandbox.token('313231593')
  const headers = { 'content-type': 'application/json', ...(await token.authorize('POST', url)) }

  await fetch(url, { method: 'POST', headers, body: JSON.stringify(noteFactory.build()) })

  await expect(sandbox).toHaveReceived({ type: 'Composition', municipality: '313231593', times: 1 })
  await expect(sandbox).not.toHaveJournaledEverything()
  await expect(sandbox).toHaveRefusedNothing()
})
// docs:end
