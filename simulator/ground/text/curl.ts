import { posixWord, posixWordWith, powershellText, powershellWord, powershellWordWith } from './shell.ts'

/** The value of a header: a text, or one that ends with a variable of the shell, such as a token that is not written out. */
export type HeaderValue = string | { readonly prefix: string; readonly variable: string }

/** A request to write as a curl command. */
export interface CurlRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: HeaderValue])[]
  /** As it is sent; or the file that has it. */
  readonly body?: string | { readonly file: string } | undefined
}

/** The shells that a command can be written for: PowerShell is 5.1 and 7, on Windows. */
export type Shell = 'posix' | 'powershell'

/**
 * A request as a curl command that sends exactly its method, URL, headers and body, whatever they have in them: no body is
 * taken for the name of a file, no URL for a pattern, no header for one to leave out.
 */
export function curlCommand(request: CurlRequest, shell: Shell = 'posix'): string {
  return shell === 'posix' ? posixCommand(request) : powershellCommand(request)
}

/** A value in a curl config file (`curl -K`). */
export function curlConfigValue(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`
}

/** Bytes of one argument that every POSIX system takes (Linux: 128 KiB). */
const LONGEST_ARGUMENT = 100_000

function posixCommand(request: CurlRequest): string {
  const { body } = request
  const command = (...data: string[]) =>
    [`curl ${targetOf(request, POSIX)}`, ...headersOf(request, POSIX), ...data].join(' \\\n  ')
  if (body === undefined) return command()
  if (typeof body !== 'string') return command(`--data-binary ${posixWord(`@${body.file}`)}`)
  if (new TextEncoder().encode(body).byteLength <= LONGEST_ARGUMENT) return command(`--data-raw ${posixWord(body)}`)
  // The printf of a shell is its own, and takes any length.
  return `printf %s ${posixWord(body)} | ${command('--data-binary @-')}`
}

/** A command line of Windows has room for 32 kB, and curl.exe not for every character: the body goes by a file. */
function powershellCommand(request: CurlRequest): string {
  const { body } = request
  const command = (...data: string[]) =>
    [`curl.exe ${targetOf(request, POWERSHELL)}`, ...headersOf(request, POWERSHELL), ...data].join(' `\n    ')
  const lines = (...inside: string[]) => `& {\n${inside.map((line) => `  ${line}\n`).join('')}}`
  if (body === undefined) return lines(LEGACY, command())
  if (typeof body !== 'string') return lines(LEGACY, command(`--data-binary ${powershellWord(`@${body.file}`)}`))
  return lines(
    LEGACY,
    '$body = [IO.Path]::GetTempFileName()',
    `[IO.File]::WriteAllText($body, ${powershellText(body)})`,
    command('--data-binary "@$body"'),
    'Remove-Item $body',
  )
}

const LEGACY = "$PSNativeCommandArgumentPassing = 'Legacy'"

interface Words {
  readonly word: (text: string) => string
  readonly wordWith: (prefix: string, variable: string) => string
}

const POSIX: Words = { word: posixWord, wordWith: posixWordWith }
const POWERSHELL: Words = { word: powershellWord, wordWith: powershellWordWith }

function targetOf({ method, url }: CurlRequest, { word }: Words): string {
  const how = method === 'HEAD' ? '--head' : `-X ${word(method)}`
  return `-sS -i${/[{}[\]]/.test(url) ? ' -g' : ''} ${how} ${word(url)}`
}

function headersOf({ headers, body }: CurlRequest, { word, wordWith }: Words): string[] {
  const isTyped = body === undefined || headers.some(([name]) => name.toLowerCase() === 'content-type')
  return [
    ...headers.map(([name, value]) => {
      if (typeof value !== 'string') return `-H ${wordWith(`${name}: ${value.prefix}`, value.variable)}`
      // Without a value curl takes a header out; a semicolon says that it is empty.
      return `-H ${word(value.trim() === '' ? `${name};` : `${name}: ${value}`)}`
    }),
    // A body without a type would get that of a form.
    ...(isTyped ? [] : [`-H ${word('Content-Type:')}`]),
  ]
}
