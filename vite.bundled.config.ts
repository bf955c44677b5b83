import { defineConfig, type UserConfig } from 'vite'

/**
 * What the compiled program holds of libraries, each as one file without dependencies: they bring some 130 packages, a few
 * long unkept, which users would have to install. Their licences stand beside them. With `--mode start` the command `start`,
 * with all that it needs in one file: to find and read its 400 modules takes longer than to run them.
 */
export default defineConfig(({ mode }) =>
  mode === 'start' ? bundle(START, OPTIONAL, 'start') : bundle(LIBRARIES, [...OPTIONAL, 'zod']),
)

const LIBRARIES = [
  'cli/https/certificate',
  'cli/mcp/sdk',
  'cli/proxied',
  'scenarios/reports/libraries',
  'scenarios/runner/fhirpath',
  'simulator/adapters/database/pg-library',
  'simulator/adapters/prom-library',
  'simulator/state/memory/population/collection',
]
const START = ['cli/commands/start']
/** Some 25 MB with a WebAssembly of its own, for who keeps the state: installed by name. */
const OPTIONAL = ['@electric-sql/pglite']

function bundle(entries: readonly string[], external: string[], folder = ''): UserConfig {
  const chunks = folder === '' ? 'bundled' : `bundled/${folder}`
  return {
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      outDir: 'dist',
      emptyOutDir: false,
      minify: true,
      license: { fileName: `${chunks.replace('/', '-')}.licenses.md` },
      rolldownOptions: {
        input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
        output: { entryFileNames: '[name].js', chunkFileNames: `${chunks}/[name]-[hash].js` },
      },
    },
  }
}
