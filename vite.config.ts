import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

// Set by `npm test`: a file in JUnit's format, which has no reason for what is skipped.
const report = process.env.REPORT

const skipped: Reporter = {
  onTestRunEnd(modules) {
    const tests = modules.flatMap(({ children }) => [...children.allTests('skipped')])
    const lines = tests.map(
      (test) => `${test.fullName}: ${(test.result() as { note?: string }).note ?? 'see its name'}\n`,
    )
    writeFileSync('test-results/skipped.txt', lines.join(''))
  },
}

const FOLDERS = ['cli', 'simulator', 'fixtures', 'scenarios', 'examples', 'ui', 'scripts', 'conformance']
/** Programs whose waits are measured by the machine's clock: after all others, one file at a time. */
const TIMED = ['scenarios/verify/verify.test.ts', 'cli/recording/behind-proxy.test.ts', 'cli/public-url.test.ts']

/** What texts in any language are made with. */
export const SHARED_WORDS = /simulator\/ground\/(?:event-types|text\/(?:enumerate|find|suggest))\.ts$/

/** The package, and what it has of others. */
const OF_FHIRPATH = /\/node_modules\/(?:fhirpath|antlr4|@lhncbc\/ucum-lhc|date-fns|decimal\.js|big\.js)\//
const FHIRPATH = `fhirpath-${createRequire(import.meta.url)('fhirpath/package.json').version}.js`

/** A worker is built apart from the page: what both have of FHIRPath, a megabyte, is one file under a name that both know. */
const sharedFhirpath: NonNullable<ViteUserConfig['plugins']>[number] = {
  name: 'shared-fhirpath',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: 'fhirpath', fileName: `assets/${FHIRPATH}`, preserveSignature: 'strict' })
  },
}

export default defineConfig({
  root: 'ui',
  base: './',
  plugins: [react(), sharedFhirpath],
  worker: {
    format: 'es',
    rolldownOptions: { external: ['fhirpath'], output: { paths: { fhirpath: `./${FHIRPATH}` } } },
  },
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    rolldownOptions: {
      // What the page begins with is one file, also where views that are loaded later share parts of it. The page waits for the
      // Norwegian texts, so what these share with it is another file: both would wait for each other for ever.
      output: {
        codeSplitting: {
          groups: [
            { name: 'words', test: SHARED_WORDS, priority: 1 },
            { name: 'fhirpath', test: OF_FHIRPATH, priority: 1 },
            { name: 'page', tags: ['$initial'] },
          ],
        },
      },
      // The design system's packages do not say so, but a component that is not imported has no effect.
      treeshake: { moduleSideEffects: [{ test: /@digdir\/designsystemet-(react|web)\//, sideEffects: false }] },
    },
  },
  test: {
    root: '.',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
          exclude: TIMED,
          // A test that starts a program waits for it: three make use of two cores.
          maxWorkers: Math.max(3, availableParallelism() - 1),
        },
      },
      { extends: true, test: { name: 'timed', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    // Only a hang shall fail on time: a busy machine is no fault of the code.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // To load the code again for each file took as long as all tests together. Who replaces something global puts it back.
    isolate: false,
    expect: { poll: { timeout: 120_000 } },
    reporters: report ? ['default', ['junit', { outputFile: report }], skipped] : ['default'],
  },
})
