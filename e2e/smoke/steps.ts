import { strict as assert } from 'node:assert'
import { setTimeout as pause } from 'node:timers/promises'
import { applyPatch, type Operation } from 'rfc6902'
import type { Tab } from './tab.ts'

/** Milliseconds until something that does not come is a failure. */
const HANG = 60_000

/** A browser does what a vendor needs: it shows events, the cause of a rejection and its fix, in both languages. */
export async function smoke(tab: Tab, base: string): Promise<void> {
  await tab.open(`${base}/?lang=en`)
  await sees(tab, 'What runs here')
  await sees(tab, 'Live')
  await tab.press('Send one that is accepted')
  await sees(tab, 'Answered 202.')
  await tab.press('Events')
  await sees(tab, 'Journal note')

  await tab.open(`${base}/?lang=en#/`)
  await tab.press('Send one that is rejected')
  await sees(tab, 'Answered 400.')
  await tab.press('Open the new request')
  await sees(tab, 'author must be a list; you sent one object', 'h1')
  await fixWorks(tab, base)

  await tab.press('Norsk')
  await sees(tab, 'author må være en liste; du sendte ett objekt', 'h1')
  assert.equal(await tab.evaluate('document.documentElement.lang'), 'nb')
}

/** What is copied makes JFT accept the payload. */
async function fixWorks(tab: Tab, base: string): Promise<void> {
  // A browser without a window has no clipboard to read from.
  await tab.evaluate('void (navigator.clipboard.writeText = async (text) => { window.copied = text })')
  await sees(tab, 'Copy fix')
  await tab.press('Copy fix')
  await until('the copied fix', () => tab.evaluate<boolean>('window.copied !== undefined'))
  const patch = JSON.parse(await tab.evaluate<string>('window.copied')) as Operation[]
  const id = (await tab.evaluate<string>('location.hash')).split('/').at(-1)
  const exchange = (await (await fetch(`${base}/_sim/exchanges/${id}`)).json()) as {
    request: { body: { text: string } }
  }
  const payload: unknown = JSON.parse(exchange.request.body.text)
  const failed = applyPatch(payload, patch).filter((failure) => failure !== null)
  assert.deepEqual(failed, [])
  const check = await fetch(`${base}/_sim/check`, { method: 'POST', body: JSON.stringify(payload) })
  assert.equal(((await check.json()) as { jft: { accepted: boolean } }).jft.accepted, true)
}

async function sees(tab: Tab, words: string, where = 'body'): Promise<void> {
  const shown = `document.querySelector('${where}')?.innerText.includes(${JSON.stringify(words)}) === true`
  await until(`"${words}"`, () => tab.evaluate<boolean>(shown))
}

/** Waits for something. */
export async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + HANG; Date.now() < end; await pause(50)) if (await is()) return
  throw new Error(`${what} did not come.`)
}
