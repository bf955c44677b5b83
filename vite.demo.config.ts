import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { mergeConfig, type Plugin } from 'vite'
import dashboard from './vite.config.ts'

/** Holds the page to what its banner says: it calls its own origin only. */
const POLICY = {
  'http-equiv': 'Content-Security-Policy',
  content: "connect-src 'self'; img-src 'self' data:; form-action 'self'",
}

/** The same page with the other entry, and beside it the service worker of the installed msw. */
function demo(): Plugin {
  const worker = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js')
  return {
    name: 'demo',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => ({
        html: html.replace('/src/main.tsx', '/src/demo/main.tsx'),
        tags: [{ tag: 'meta', attrs: POLICY, injectTo: 'head-prepend' }],
      }),
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'mockServiceWorker.js', source: readFileSync(worker) })
    },
  }
}

export default mergeConfig(dashboard, { mode: 'demo', plugins: [demo()], build: { outDir: '../dist/demo' } })
