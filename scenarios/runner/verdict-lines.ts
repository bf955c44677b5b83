/*
 * What a check says of a payload (`POST /_sim/check`), in lines that a table can hold: all that tells one answer from another,
 * without what the catalogue says of a rule wherever it is found.
 */

type Members = Readonly<Record<string, unknown>>

interface Verdict {
  readonly accepted: boolean
  readonly issues: readonly Members[]
  readonly warnings?: readonly Members[]
  readonly more?: number
}

interface Fixes extends Members {
  readonly patch: readonly unknown[] | null
  readonly rest: readonly Members[]
}

interface Check {
  readonly pit?: Verdict
  readonly jft: Verdict
  readonly vkp: Verdict & Members & { readonly corrections: readonly Members[] }
  readonly jftAfterVkp: Verdict
  readonly patch: unknown
  readonly fixes: Fixes
  readonly cure: string
  readonly corrected?: string
  readonly fixed?: string
}

/**
 * The lines of a check's answer on what was sent. A line that would stand twice stands once: both services often say the same.
 * Of a text that was made of the sent one the part that differs is there, and how much of the sent text it stands for.
 */
export function verdictLines(answer: unknown, sent: string): readonly string[] {
  const { pit, jft, vkp, jftAfterVkp, patch, fixes, cure, corrected, fixed } = answer as Check
  const lines = [
    ...(pit ? verdict('pit', pit) : []),
    ...verdict('jft', jft),
    ...verdict('vkp', vkp),
    ...vkp.corrections.map(correction),
    ...(vkp.moreCorrections === undefined ? [] : [`vkp corrects ${vkp.moreCorrections} more`]),
    ...changed('forwarded', sent, vkp.forwarded),
    ...jftAfterVkp.issues.filter(({ rule }) => rule !== 'vkp-not-forwarded').map((one) => `after vkp ${placed(one)}`),
    ...counted('after vkp', jftAfterVkp),
    ...(patch === null ? [] : [`vkp as a patch ${json(patch)}`]),
    cure,
    ...changed('corrected', sent, corrected),
    ...together(
      fixes,
      [pit, jft].flatMap((one) => one?.issues ?? []),
    ),
    ...changed('fixed', sent, fixed),
  ]
  return [...new Set(lines)]
}

function verdict(service: string, { accepted, issues, warnings = [], ...rest }: Verdict): string[] {
  return [
    ...(accepted ? [`${service} accepts it`] : []),
    ...issues.flatMap((one) => issue(service, one)),
    ...warnings.flatMap((one) => issue(`${service} warns of`, one)),
    ...counted(service, rest),
  ]
}

function counted(what: string, { more }: { readonly more?: unknown }): string[] {
  return more === undefined ? [] : [`${what} ${more} more`]
}

function issue(service: string, one: Members): string[] {
  const { message, firely, evidence, fix, patch, template } = one
  return [
    `${service} ${placed(one)}${firely ? firelyPlace(firely as Members, one) : ''}`,
    `  ${printed(message)}${evidence ? ` ${json(evidence)}` : ''}`,
    `  fix: ${printed(fix)}`,
    ...(patch ? [`  patch: ${json(patch)}`] : []),
    ...(template ? [`  template: ${json(template)}`] : []),
  ]
}

/** An issue in a line: its rule, where it differs the code, what is not an error, and the place. */
function placed({ rule, code, severity, pointer, line, column, expression }: Members): string {
  return [
    rule,
    code === rule ? undefined : code,
    severity === 'error' ? undefined : severity,
    pointer === undefined ? undefined : printed(pointer || '""'),
    line === undefined ? undefined : `${line}:${column}`,
    expression === undefined ? undefined : printed(expression),
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}

/** The library's place, its path where it is another one. */
function firelyPlace({ path, line, position, type, display, sdk }: Members, { expression }: Members): string {
  const parts = [path === expression ? undefined : printed(path || '""'), `${line}:${position}`, type, display]
  return ` (SDK ${sdk}: ${parts.filter((part) => part !== undefined).join(' ')})`
}

function correction({ kind, pointer, expression, before, after }: Members): string {
  return `vkp corrects ${kind} ${printed(pointer || '""')} ${printed(expression)} ${json(before)} => ${json(after)}`
}

/** All fixes: how many, their patch where it is not those of the issues one after the other, what is left. */
function together({ patch, rest, fixed, of, beyond, more }: Fixes, issues: readonly Members[]): string[] {
  const apart = issues.flatMap((one) => (one.patch as readonly unknown[] | null) ?? [])
  const asOne = patch === null || json(patch) === json(apart) ? [] : [`  all: ${json(patch)}`]
  return [
    `${fixed} of ${of} fixed${patch === null ? ' without a patch' : ''}${beyond === 0 ? '' : `, ${beyond} not looked at`}`,
    ...asOne,
    ...left(rest, issues),
    ...counted('  left:', { more }),
  ]
}

function left(rest: readonly Members[], issues: readonly Members[]): string[] {
  const lines = rest.map((one) => `  left: ${placed(one)}`)
  const isSame = lines.length > 0 && json(rest.map(placed)) === json(issues.map(placed))
  return isSame ? ['  left: the same'] : lines
}

/** From which character of the sent text on how many are replaced, and by what. */
function changed(what: string, sent: string, made: unknown): string[] {
  if (typeof made !== 'string') return []
  if (made === sent) return [`${what} as it was sent`]
  const shorter = Math.min(sent.length, made.length)
  let start = 0
  while (start < shorter && sent[start] === made[start]) start += 1
  let end = 0
  while (end < shorter - start && sent.at(-1 - end) === made.at(-1 - end)) end += 1
  const part = made.slice(start, made.length - end)
  return [`${what} from ${start} on, ${sent.length - start - end} characters: ${printed(part) || 'nothing'}`]
}

/** White space and controls as escapes, where a text has them. */
function printed(value: unknown): string {
  const plain = String(value)
  return /[^\P{C}]|[^\S ]|^ | $/u.test(plain) ? escaped(json(plain)) : plain
}

/** A text whose invisible characters are escapes of JSON, but for spaces. */
export function escaped(value: string): string {
  return value.replace(/[^\P{C}]|[^\S ]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

function json(value: unknown): string {
  return escaped(JSON.stringify(value))
}
