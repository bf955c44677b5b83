/** Reads the code of the view when it is opened. First of all zod is told what the page's policy forbids. */
export async function loadScenarios() {
  await import('./no-eval.ts')
  return import('./scenarios.tsx')
}
