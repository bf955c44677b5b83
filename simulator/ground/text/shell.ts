/** How texts are written in a shell: each comes out of it as it went in, line ends and quotes of every kind included. */

/** One word for a POSIX shell (Shell Command Language, 2.2.2). */
export function posixWord(text: string): string {
  return /^[A-Z]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** One word for a POSIX shell that ends with the value of a variable. */
export function posixWordWith(prefix: string, variable: string): string {
  return `"${prefix.replace(/[$`"\\]/g, '\\$&')}$${variable}"`
}

/** PowerShell takes the typographic quotes for quotes too. */
const SINGLE = /['\u2018-\u201b]/g
const DOUBLE = /["\u201c-\u201e]/g

/** A string expression for PowerShell. Line ends are written out, so that pasting and saving do not change them. */
export function powershellText(text: string): string {
  const parts = text.split(/(\r|\n)/).filter((part) => part !== '')
  const literals = parts.map((part) => {
    if (part === '\n') return '"`n"'
    return part === '\r' ? '"`r"' : `'${part.replace(SINGLE, '$&$&')}'`
  })
  return literals.length > 1 ? `(${literals.join(' + ')})` : (literals[0] ?? "''")
}

/**
 * One argument of a program, for PowerShell where `$PSNativeCommandArgumentPassing` is `Legacy`, as it always was in 5.1: quotes
 * are escaped as C programs of Windows read them.
 */
export function powershellWord(text: string): string {
  if (/^[A-Z]+$/.test(text)) return text
  return powershellText(nativeArgument(text))
}

/** The same of an argument that ends with the value of a variable. */
export function powershellWordWith(prefix: string, variable: string): string {
  return `"${nativeArgument(prefix).replace(/[$`]/g, '`$&').replace(DOUBLE, '$&$&')}$${variable}"`
}

/** Backslashes count only in front of a quote ("Parsing C command-line arguments"); those at the end PowerShell doubles. */
function nativeArgument(text: string): string {
  return text.replace(/\\+"?|"/g, (found) => {
    const slashes = found.slice(0, -1)
    return found.endsWith('"') ? `${slashes}${slashes}\\"` : found
  })
}
