/**
 * What PowerShell makes of a command, by its rules: quotes of every kind (about_Quoting_Rules), the command line that it hands to
 * a program where `$PSNativeCommandArgumentPassing` is `Legacy` (NativeCommandParameterBinder), and what a C program of Windows
 * reads in it ("Parsing C command-line arguments").
 */

const SINGLE = "'‘’‚‛"
const DOUBLE = '"“”„'

interface Read {
  readonly value: string
  readonly end: number
}

/** The strings of an expression such as `('a' + "`n")` or `'a'`, one after the other, from `start`. */
export function powershellString(text: string, start: number, variables: Readonly<Record<string, string>> = {}): Read {
  if (text[start] === '(') {
    let value = ''
    let at = start + 1
    for (;;) {
      const part = powershellString(text, at, variables)
      value += part.value
      if (text[part.end] === ')') return { value, end: part.end + 1 }
      if (!text.startsWith(' + ', part.end)) throw new Error(`no + at ${text.slice(part.end, part.end + 20)}`)
      at = part.end + 3
    }
  }
  const first = text[start] ?? ''
  if (SINGLE.includes(first)) return singleQuoted(text, start)
  if (DOUBLE.includes(first)) return doubleQuoted(text, start, variables)
  const [bare = ''] = /^[^\s'"()$`{};|&<>@#,‘’‚‛“”„]+/.exec(text.slice(start)) ?? []
  if (bare === '') throw new Error(`no word at ${text.slice(start, start + 20)}`)
  return { value: bare, end: start + bare.length }
}

function singleQuoted(text: string, start: number): Read {
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const here = text[at] ?? ''
    if (!SINGLE.includes(here)) value += here
    else if (SINGLE.includes(text[at + 1] ?? ' ')) {
      at += 1
      value += here
    } else return { value, end: at + 1 }
  }
  throw new Error('a string without an end')
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' }

function doubleQuoted(text: string, start: number, variables: Readonly<Record<string, string>>): Read {
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const here = text[at] ?? ''
    const next = text[at + 1] ?? ' '
    if (here === '`') {
      at += 1
      value += ESCAPES[next] ?? next
    } else if (here === '$') {
      const [name = ''] = /^\w+/.exec(text.slice(at + 1)) ?? []
      value += name === '' ? '$' : (variables[name] ?? '')
      at += name.length
    } else if (!DOUBLE.includes(here)) value += here
    else if (DOUBLE.includes(next)) {
      at += 1
      value += here
    } else return { value, end: at + 1 }
  }
  throw new Error('a string without an end')
}

/** The arguments that a program gets: `command` is one line, continued by backticks. */
export function argumentsByPowershell(command: string, variables: Readonly<Record<string, string>> = {}): string[] {
  const text = command.replaceAll(/ `\n */g, ' ')
  const values: string[] = []
  for (let at = 0; at < text.length; ) {
    const read = powershellString(text, at, variables)
    values.push(read.value)
    at = read.end
    if (at < text.length && text[at] !== ' ') throw new Error(`no blank at ${text.slice(at, at + 20)}`)
    at += 1
  }
  return cArguments(values.map(legacyArgument).join(' '))
}

function legacyArgument(value: string): string {
  let quotes = 0
  let blanks = false
  let escaped = false
  for (const character of value) {
    if (character === '"' && !escaped) quotes += 1
    else if (/\s/.test(character) && quotes % 2 === 0) blanks = true
    escaped = character === '\\'
  }
  if (!blanks) return value
  const [backslashes = ''] = /\\*$/.exec(value) ?? []
  return `"${value}${backslashes}"`
}

function cArguments(line: string): string[] {
  const found: string[] = []
  let value: string | undefined
  let inQuotes = false
  for (let at = 0; at < line.length; at += 1) {
    const [backslashes = ''] = /^\\*/.exec(line.slice(at)) ?? []
    const next = line[at + backslashes.length]
    if (backslashes !== '' && next === '"') {
      value = `${value ?? ''}${'\\'.repeat(Math.floor(backslashes.length / 2))}`
      at += backslashes.length
      if (backslashes.length % 2 === 1) value += '"'
      else inQuotes = !inQuotes
    } else if (backslashes !== '') {
      value = `${value ?? ''}${backslashes}`
      at += backslashes.length - 1
    } else if (next === '"') {
      inQuotes = !inQuotes
      value ??= ''
    } else if ((next === ' ' || next === '\t') && !inQuotes) {
      if (value !== undefined) found.push(value)
      value = undefined
    } else value = `${value ?? ''}${next}`
  }
  return value === undefined ? found : [...found, value]
}
