import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { inRoot } from '../paths.mjs'
import { referencePages } from './reference.mjs'

/** Pages that lie elsewhere in the repository, and their names in the site. */
const ELSEWHERE = new Map([
  ['scenarios/README.md', 'packs.md'],
  ['examples/README.md', 'examples.md'],
  ['examples/dotnet/README.md', 'examples-dotnet.md'],
  ['examples/java/README.md', 'examples-java.md'],
  ['conformance/README.md', 'conformance.md'],
])

const LINK = /\[([^\]]*)\]\((?!https?:|#)([^)#\s]+)(#[\w-]+)?\)/g

/**
 * Writes what VitePress builds the site of.
 * @param {string} folder
 */
export async function writePages(folder) {
  const docs = readdirSync(inRoot('docs')).filter((file) => file.endsWith('.md'))
  /** @type {Map<string, string>} */
  const pages = new Map(ELSEWHERE)
  for (const file of docs) pages.set(`docs/${file}`, file)
  for (const [source, name] of pages)
    write(join(folder, name), linked(readFileSync(inRoot(source), 'utf8'), source, pages))
  for (const [name, text] of await referencePages()) write(join(folder, name), text)
  cpSync(inRoot('docs', 'ci'), join(folder, 'public', 'ci'), { recursive: true })
  // Nobody has to fetch 0.7 MB of fonts.
  write(join(folder, '.vitepress', 'theme', 'index.js'), "export { default } from 'vitepress/theme-without-fonts'\n")
  cpSync(inRoot('scripts', 'site', 'site.config.mjs'), join(folder, '.vitepress', 'config.mjs'))
}

/**
 * The text with links as they are in the site; what is not in it is named only.
 * @param {string} text
 * @param {string} source the page's file
 * @param {ReadonlyMap<string, string>} pages
 */
export function linked(text, source, pages) {
  return text.replace(LINK, (_, /** @type {string} */ words, /** @type {string} */ target, heading = '') => {
    const file = posix.join(posix.dirname(source), target)
    const page = pages.get(file)
    if (page !== undefined) return `[${words}](${page}${heading})`
    return file.startsWith('docs/ci/') ? `<a href="/docs/${file.slice('docs/'.length)}">${words}</a>` : words
  })
}

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
