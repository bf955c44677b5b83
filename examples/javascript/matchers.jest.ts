import { expect, test } from '@jest/globals'
import { type JftMatchers, jftMatchers, startJft } from 'jft-simulator'

// docs:jest
// Once, in a file of the project: what expect has learnt.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends JftMatchers<Promise<R>> {}
}
expect.extend(jftMatchers)
// docs:end

test('a sandbox begins with nothing', async () => {
  await using jft = await startJft()
  const sandbox = await jft.sandbox()

  await expect(sandbox).not.toHaveReceived()
  await expect(sandbox).toHaveRefusedNothing()
})
