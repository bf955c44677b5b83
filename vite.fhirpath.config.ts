import { defineConfig } from 'vite'

/**
 * FHIRPath for packs, as one file without dependencies: the library brings 30 packages, some long unkept, which users would
 * have to install. Their licences stand beside it.
 */
export default defineConfig({
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'scenarios/runner/fhirpath.ts',
    emptyOutDir: false,
    minify: true,
    license: { fileName: 'fhirpath.licenses.md' },
    rolldownOptions: { output: { entryFileNames: 'fhirpath.js' } },
  },
})
