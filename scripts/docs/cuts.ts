import { readFileSync } from 'node:fs'
import { inRoot } from '../paths.mjs'

/**
 * A code block that is cut from a file: `<!-- FILE -->` or `<!-- FILE#REGION -->`, an empty line, the block. A region begins
 * with `// docs:REGION` and ends with `// docs:end`.
 */
const CUT = /<!-- (examples\/[\w./-]+)(?:#([\w-]+))? -->\n\n```(\w+)\n[^`]*```/g

const END = '// docs:end'

/** The page with each code block as its file has it now. Throws an `Error` that names a file or region that is not there. */
export function withCuts(page: string): string {
  return page.replace(CUT, (_, file: string, region: string | undefined, language: string) => {
    const name = region === undefined ? file : `${file}#${region}`
    return `<!-- ${name} -->\n\n\`\`\`${language}\n${cut(file, region)}\n\`\`\``
  })
}

/** The places of the page that are cut from files. */
export function cutsOf(page: string): string[] {
  return [...page.matchAll(CUT)].map(([, file = '', region]) => (region === undefined ? file : `${file}#${region}`))
}

function cut(file: string, region: string | undefined): string {
  const lines = readFileSync(inRoot(file), 'utf8').trimEnd().split('\n')
  if (region === undefined) return lines.filter((line) => !line.trim().startsWith('// docs:')).join('\n')
  const begin = lines.findIndex((line) => line.trim() === `// docs:${region}`)
  const end = lines.findIndex((line, index) => index > begin && line.trim() === END)
  if (begin < 0 || end < 0) throw new Error(`${file} has no region ${region}.`)
  return dedented(lines.slice(begin + 1, end)).join('\n')
}

function dedented(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/))
  const least = indents.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  return lines.map((line) => line.slice(least))
}
