import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { TallyReporter } from './scripts/tally-vitest.mjs'

// Set by `npm test`, which prints the tally as its last line.
const tallyFile = process.env.TALLY_FILE

export default defineConfig({
  root: 'ui',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    rolldownOptions: {
      // What the page begins with is one file, also where views that are loaded later share parts of it.
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
      // The design system's packages do not say so, but a component that is not imported has no effect.
      treeshake: { moduleSideEffects: [{ test: /@digdir\/designsystemet-(react|web)\//, sideEffects: false }] },
    },
  },
  test: {
    root: '.',
    include: ['cli', 'simulator', 'fixtures', 'scenarios', 'examples', 'ui', 'scripts', 'conformance'].map(
      (folder) => `${folder}/**/*.test.ts`,
    ),
    // Only a hang shall fail on time: a busy machine is no fault of the code.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: tallyFile ? ['dot', new TallyReporter(tallyFile)] : ['default'],
  },
})
