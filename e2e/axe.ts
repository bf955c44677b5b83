import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locator, Page } from '@playwright/test'
import { formsOf } from '../simulator/sample.fixture.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A violation as a reader of the report needs it: the rule, and the elements with what is wrong with each. */
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[]
}

/** In the page. */
declare const axe: { run(part: unknown, options: object): Promise<{ violations: readonly Violation[] }> }

export const WIDTHS = [1280, 390]
const SCHEMES = ['light', 'dark'] as const
type Scheme = (typeof SCHEMES)[number]

/** A page is wide or narrow, light or dark. */
export const FORMS = WIDTHS.flatMap((width) => SCHEMES.map((scheme): [number, Scheme] => [width, scheme]))

/**
 * What axe finds wrong with a part of the page as it stands, by its default rules and that of WCAG 2.2 on the size of targets;
 * each finding begins with the colours in which it was found, of which each name has its own in a sample. Without a part: with
 * all of it.
 */
export async function violations(page: Page, name: string, part = page.locator('html')): Promise<string[]> {
  const found: string[] = []
  for (const scheme of formsOf(name, SCHEMES)) found.push(...(await violationsIn(scheme, page, part)))
  return found
}

/** As `violations`, on a wide or a narrow screen. `settled`: waits until the page shows all that it should. */
export async function violationsInForms(page: Page, name: string, settled: () => Promise<void>): Promise<string[]> {
  const found: string[] = []
  for (const [width, scheme] of formsOf(name, FORMS)) {
    await page.setViewportSize({ width, height: 850 })
    // The page draws its narrow form after the next frame.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    await settled()
    for (const one of await violationsIn(scheme, page, page.locator('html'))) found.push(`${width} pixels, ${one}`)
  }
  return found
}

async function violationsIn(colorScheme: Scheme, page: Page, part: Locator): Promise<string[]> {
  await page.emulateMedia({ colorScheme })
  return (await violationsAsDrawn(page, part)).map((one) => `${colorScheme}: ${one}`)
}

async function violationsAsDrawn(page: Page, part: Locator): Promise<string[]> {
  // The policy of the page forbids a script tag.
  if (await page.evaluate<boolean>('window.axe === undefined')) await page.evaluate(AXE)
  // The header stays: what has been scrolled under it is a target of no size.
  await page.evaluate('window.scrollTo(0, 0)')
  const violations = await part.evaluate(async (element) => {
    // The elements that pass are many, and nobody reads them; style sheets are read for no rule that is on.
    const rules = { 'target-size': { enabled: true } }
    const { violations } = await axe.run(element, { resultTypes: ['violations'], preload: false, rules })
    return violations
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)}: ${failureSummary}`),
  )
}
