import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { build, capture, npm } from './process.mjs'

const PACKAGE = 'vitepress@1.6.4'
/** It takes some 110 MB, of a Vite of its own: who does not build the site need not wait for it. */
const CACHE = inRoot('node_modules', '.cache', 'jftsim-site')

/**
 * The optional job for the docs site: builds `dist/docs` of `docs/`, and of the reference that the program knows itself.
 * @param {string[]} args `--if-found`: where VitePress cannot be installed, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function site(args) {
  await build()
  const problem = await install()
  if (problem !== undefined) {
    console.error(`${PACKAGE} could not be installed: the docs site was not built.\n${problem}`)
    return args.includes('--if-found') ? 0 : 1
  }
  // VitePress names pages by their real paths: under another name it would know none of them.
  const pages = join(realpathSync(CACHE), 'pages')
  for (const folder of [pages, inRoot('dist', 'docs')]) rmSync(folder, { recursive: true, force: true })
  const { writePages } = await import('./site/pages.mjs')
  await writePages(pages)
  const program = join(CACHE, 'node_modules', 'vitepress', 'bin', 'vitepress.js')
  const { code, output } = await capture(process.execPath, [
    program,
    'build',
    pages,
    '--outDir',
    inRoot('dist', 'docs'),
  ])
  if (code !== 0) console.error(output)
  return code
}

/** Gives what npm said where it failed. */
async function install() {
  if (existsSync(join(CACHE, PACKAGE))) return undefined
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(join(CACHE, 'package.json'), '{ "private": true, "type": "module" }\n')
  const { code, output } = await npm(
    ['install', '--prefix', CACHE, '--no-audit', '--no-fund', '--prefer-offline', PACKAGE],
    {
      cwd: CACHE,
    },
  )
  if (code !== 0) return output
  writeFileSync(join(CACHE, PACKAGE), '')
  return undefined
}
