/** Where a folder of what the build makes lies: beside the compiled code, or below `dist` when the sources run. */
export function built(folder: string): URL {
  return new URL(`${import.meta.url.endsWith('.ts') ? '../../dist' : '../..'}/${folder}/`, import.meta.url)
}
