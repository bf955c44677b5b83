import { defineConfig } from 'vite'

/**
 * What the compiled program holds of libraries, each as one file without dependencies: they bring some 130 packages, a few
 * long unkept, which users would have to install. Their licences stand beside them.
 */
export default defineConfig({
  ssr: { noExternal: true, external: ['zod'], target: 'node' },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: false,
    minify: true,
    license: { fileName: 'bundled.licenses.md' },
    rolldownOptions: {
      input: {
        'cli/https/certificate': 'cli/https/certificate.ts',
        'cli/mcp/sdk': 'cli/mcp/sdk.ts',
        'cli/proxied': 'cli/proxied.ts',
        'scenarios/reports/libraries': 'scenarios/reports/libraries.ts',
        'scenarios/runner/fhirpath': 'scenarios/runner/fhirpath.ts',
        'simulator/adapters/database/pg-library': 'simulator/adapters/database/pg-library.ts',
        'simulator/adapters/prom-library': 'simulator/adapters/prom-library.ts',
        'simulator/state/memory/population/collection': 'simulator/state/memory/population/collection.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'bundled/[name]-[hash].js' },
    },
  },
})
