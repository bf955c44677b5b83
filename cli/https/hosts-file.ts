/*
 * The names of the real hosts in the file that the system asks before DNS: between two lines that say whose they are.
 */

const BEGIN = '# jftsim: the real hosts lead to this machine. "jftsim hosts --remove" takes this out.'
const END = '# jftsim: end'

/** The file of this system. */
export function systemHostsFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  return platform === 'win32' ? `${env.SystemRoot ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts'
}

/** The lines to add, both loopback addresses for each name. */
export function hostsLines(names: readonly string[]): string[] {
  return [BEGIN, ...names.flatMap((name) => [`127.0.0.1 ${name}`, `::1 ${name}`]), END]
}

/** The text of the file with these lines, once, at its end; line ends stay as they are. */
export function withHosts(text: string, lines: readonly string[]): string {
  const rest = withoutHosts(text)
  const end = rest.includes('\r\n') ? '\r\n' : '\n'
  const before = rest === '' || rest.endsWith('\n') ? rest : rest + end
  return before + lines.map((line) => line + end).join('')
}

/** The text of the file without what `withHosts` added; one without its last line is left alone, and nothing else is touched. */
export function withoutHosts(text: string): string {
  const lines = text.split(/(?<=\n)/)
  const begin = lines.findIndex((line) => line.trimEnd() === BEGIN)
  const end = lines.findIndex((line, index) => index > begin && line.trimEnd() === END)
  if (begin < 0 || end < 0) return text
  return [...lines.slice(0, begin), ...lines.slice(end + 1)].join('')
}

/** Whether a text leads one of these names elsewhere already: such a line would be obeyed before ours. */
export function otherEntries(text: string, names: readonly string[]): string[] {
  return withoutHosts(text)
    .split('\n')
    .filter((line) =>
      line
        .split('#', 1)[0]
        ?.split(/[ \t]+/)
        .some((word) => names.includes(word.trim())),
    )
}
