import { type APIRequestContext, expect, type Page } from '@playwright/test'
import { applyPatch, type Operation } from 'rfc6902'
import { noteFactory } from '../fixtures/index.ts'
import { clipboard, copied, RECORD } from './copied-fix.ts'
import { exchangeOf, served, test, testToken } from './support.ts'

const NOTE = noteFactory.build()
const { title, ...UNTITLED } = NOTE

interface Cause {
  readonly name: string
  readonly sent: string
  /** The heading in English and in Norwegian. */
  readonly words: RegExp
  readonly ord: RegExp
  /** What stands on the faulty line. */
  readonly line: string
}

const json = (resource: object) => JSON.stringify(resource, null, 2)
const withTitle = (text: string) => json(NOTE).replace(`"title": ${JSON.stringify(title)}`, text)

/** Mechanical causes: each has words, a place and a fix that works. */
const CAUSES: readonly Cause[] = [
  {
    name: 'an object for a list',
    sent: json({ ...NOTE, author: NOTE.author[0] }),
    words: /^author must be a list; you sent one object$/,
    ord: /^author må være en liste; du sendte ett objekt$/,
    line: '"author"',
  },
  {
    name: 'a list of one for an object',
    sent: json({ ...NOTE, subject: [NOTE.subject] }),
    words: /^subject must be one value; you sent a list of one$/,
    ord: /^subject må være én verdi; du sendte en liste med én$/,
    line: '"subject"',
  },
  {
    name: 'an empty optional string',
    sent: json({ ...NOTE, language: '' }),
    words: /^language is an empty string$/,
    ord: /^language er en tom tekst$/,
    line: '"language"',
  },
  {
    name: 'null',
    sent: json({ ...NOTE, language: null }),
    words: /^language is null$/,
    ord: /^language er null$/,
    line: '"language"',
  },
  {
    name: 'an empty list',
    sent: json({ ...NOTE, event: [] }),
    words: /^event is an empty list$/,
    ord: /^event er en tom liste$/,
    line: '"event"',
  },
  {
    name: 'an empty object',
    sent: json({ ...NOTE, custodian: {} }),
    words: /^custodian is an empty object$/,
    ord: /^custodian er et tomt objekt$/,
    line: '"custodian"',
  },
  {
    name: 'an unknown element',
    sent: json({ ...NOTE, vitalSigns: 1.0 }),
    words: /^Composition has no element vitalSigns/,
    ord: /^Composition har ikke noe element vitalSigns/,
    line: '"vitalSigns"',
  },
  {
    name: 'a misspelt element',
    sent: json({ ...UNTITLED, titel: title }),
    words: /^Composition has no element titel; title was probably meant$/,
    ord: /^Composition har ikke noe element titel; trolig var title ment$/,
    line: '"titel"',
  },
  {
    name: 'a number for a text',
    sent: json({ ...NOTE, title: 5 }),
    words: /^title must be a string; you sent a number$/,
    ord: /^title må være en tekst; du sendte et tall$/,
    line: '"title"',
  },
  {
    name: 'a blank around a code',
    sent: json({ ...NOTE, status: ' final' }),
    words: /^status is .* final.*not allowed; "final" was probably meant$/,
    ord: /^status er .* final.*ikke er tillatt; trolig var "final" ment$/,
    line: '"status"',
  },
  {
    name: 'an equal duplicate key',
    sent: withTitle(`"title": ${JSON.stringify(title)},\n  "title": ${JSON.stringify(title)}`),
    words: /^title is there twice with the same value$/,
    ord: /^title står to ganger med samme verdi$/,
    line: '"title"',
  },
  {
    name: 'a trailing comma',
    sent: json(NOTE).replace(/\n\}$/, ',\n}'),
    words: /^This is not JSON: .*comma/,
    ord: /^Dette er ikke JSON: .*komma/,
    line: ',',
  },
]

test(
  'each mechanical cause has its words, its place and a fix that works',
  served('the test sends texts'),
  async ({ page, simulator, request }) => {
    await page.addInitScript(RECORD)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto('./#/rejected')
    for (const { name, sent, words, line } of CAUSES) {
      await test.step(name, async () => {
        const answer = await submit(simulator, sent)
        expect(answer.status).toBe(400)
        await open(page, exchangeOf(answer))
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words)
        const faulty = page.locator('[data-faulty]')
        await expect(faulty).toContainText(line)
        await expect(faulty).toBeInViewport({ ratio: 0.9 })
        expect(await verdictOf(request, fixedBy(await copied(page), sent))).toMatchObject({ accepted: true })
      })
    }
  },
)

test('in Norwegian each cause has its words', served('the test sends texts'), async ({ page, simulator }) => {
  await page.goto('./?lang=nb#/rejected')
  for (const { name, sent, ord } of CAUSES) {
    await test.step(name, async () => {
      await open(page, exchangeOf(await submit(simulator, sent)))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(ord)
      await expect(page.getByRole('button', { name: /^Kopier rettelse/ })).toBeVisible()
    })
  }
})

test('on every screen the cause, the faulty line and the fix are above the fold', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit({ ...NOTE, author: NOTE.author[0] }))
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.goto('./#/events')
    await open(page, id)
    await expect(page.getByRole('heading', { level: 1, name: /author must be a list/ })).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('button', { name: /^Copy fix/ })).toBeInViewport({ ratio: 1 })
    if (width > 400) await expect(page.locator('[data-faulty]')).toBeInViewport({ ratio: 0.9 })
  }
})

test('what only the vendor knows has a placeholder, and several errors say how many are settled', async ({
  page,
  vendor,
}) => {
  await page.addInitScript(RECORD)
  const { status, ...rest } = NOTE
  const missing = exchangeOf(await vendor.submit(rest))
  const several = exchangeOf(await vendor.submit({ ...rest, author: NOTE.author[0] }))
  await open(page, missing)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('status is required in Composition and missing')
  await expect(page.getByText('Only you know this value')).toBeVisible()
  await page.getByRole('button', { name: /^Copy fix/ }).click()
  expect(JSON.parse(await clipboard(page))).toMatchObject([{ op: 'add', path: '/status' }])

  await open(page, several)
  await expect(page.getByText('The fix settles 1 of 2 errors; the others need you.')).toBeVisible()
})

async function open(page: Page, id: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('./')
  await page.evaluate(`window.location.hash = '#/rejected/${id}'`)
}

async function submit(simulator: Parameters<typeof testToken>[0], body: string) {
  const path = '/write/v1/Composition'
  const wishes = {
    audience: 'nhn:jft',
    dPoPProofParameters: { htuClaimValue: simulator.origin + path, htmClaimValue: 'POST' },
    clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593' },
  }
  const token = await testToken(simulator, wishes)
  const headers = { ...token, 'content-type': 'application/json', 'nhn-source-system': 'Journal 1.0' }
  // Playwright's own requests make JSON of a text that is none.
  const answer = await fetch(simulator.origin + path, { method: 'POST', headers, body })
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
}

function fixedBy(copied: string, sent: string): string {
  const fix: unknown = JSON.parse(copied)
  if (!Array.isArray(fix)) return copied
  const fixed: unknown = JSON.parse(sent)
  expect(applyPatch(fixed, fix as Operation[])).toEqual(fix.map(() => null))
  return JSON.stringify(fixed)
}

async function verdictOf(request: APIRequestContext, payload: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await request.post('/_sim/check', { data: payload, headers })
  const { jft } = (await answer.json()) as { jft: unknown }
  return jft
}
