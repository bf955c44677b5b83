import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { inRoot } from '../paths.mjs'
import { pages } from './commands.ts'

const LINK = /\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)/g
const PAGES = [...pages(), 'examples/README.md', 'examples/dotnet/README.md', 'examples/java/README.md', 'llms.txt']

test.each(PAGES)('each link of %s leads to a file, and to a heading of it', (page) => {
  const links = [...readFileSync(inRoot(page), 'utf8').matchAll(LINK)]
  const wrong = links.filter(
    ([, file = '', heading]) => !leads(file === '' ? page : join(dirname(page), file), heading),
  )
  expect(wrong.map(([link]) => link)).toEqual([])
})

test('README is read in one go', () => {
  expect(readFileSync(inRoot('README.md'), 'utf8').split('\n').length).toBeLessThan(150)
})

function leads(file: string, heading: string | undefined): boolean {
  if (!existsSync(inRoot(file))) return false
  if (heading === undefined) return true
  return headingsOf(file).includes(heading)
}

/** As GitHub and VitePress name them. */
function headingsOf(file: string): string[] {
  const headings = readFileSync(inRoot(file), 'utf8').match(/^#+ .*$/gm) ?? []
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\d _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
