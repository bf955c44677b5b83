import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @type {Map<string, string>} by file: the scripts that VitePress writes into each page */
const scripts = new Map()

const page = (/** @type {string} */ text, /** @type {string} */ name) => ({ text, link: `/${name}` })

export default {
  title: 'JFT simulator',
  base: '/docs/',
  metaChunk: true,
  // Addresses of a simulator that runs here are no links of the site.
  ignoreDeadLinks: 'localhostLinks',
  themeConfig: {
    search: { provider: 'local' },
    outline: 'deep',
    sidebar: [
      {
        text: 'Begin',
        items: [page('A tour', 'tour'), page('Install', 'install'), page('Addresses and clients', 'clients')],
      },
      {
        text: "Vendor's developer",
        items: [
          page('Your first integration', 'vendor'),
          page('.NET', 'dotnet'),
          page('Java', 'java'),
          page('JavaScript', 'javascript'),
          page('Sample programs', 'examples'),
        ],
      },
      { text: 'Record system', items: [page('Reading and acknowledging', 'ehr'), page('PIT', 'pit')] },
      { text: 'On VKP today', items: [page('What must I change?', 'vkp'), page("NHN's samples", 'nhn-samples')] },
      { text: 'QA', items: [page('Contract tests', 'qa'), page('The real service', 'calibrate')] },
      { text: 'Operator', items: [page('For a team', 'team'), page('https, real names', 'https')] },
      {
        text: 'Reference',
        items: [
          page('Command line', 'cli'),
          page('Options of each command', 'options'),
          page('Configuration', 'configuration'),
          page('Control API', 'control-api'),
          page('Endpoints of the control API', 'endpoints'),
          page('Language of packs', 'packs'),
          page('Rules', 'rules'),
          page('Settings', 'settings'),
          page('Errors', 'errors'),
          page('Certainty', 'certainty'),
          page('Figures and decisions', 'decisions'),
        ],
      },
    ],
  },
  /**
   * The simulator serves its pages with a policy under which no script in a page runs: each becomes a file.
   * @param {string} html
   */
  transformHtml: (html) =>
    html.replace(/<script( id="[\w-]+")?>([\s\S]*?)<\/script>/g, (_, id = '', text) => {
      const file = `assets/inline.${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`
      scripts.set(file, text)
      return `<script${id} src="/docs/${file}"></script>`
    }),
  buildEnd: (/** @type {{ outDir: string }} */ { outDir }) => {
    for (const [file, text] of scripts) writeFileSync(join(outDir, file), text)
  },
}
