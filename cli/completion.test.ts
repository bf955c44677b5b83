import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formsOf } from '../simulator/sample.fixture.ts'
import { jftsim, MAIN } from './jftsim.fixture.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-completion-'))
  writeFileSync(join(folder, 'note.json'), '{}')
  mkdirSync(join(folder, 'payloads'))
  writeFileSync(join(folder, 'jftsim'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 })
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What bash offers at a Tab, by the script that it is told to source. The first line stands for bash-completion. */
function offered(...words: string[]): string[] {
  const script = `
    _get_comp_words_by_ref() { cur="\${COMP_WORDS[COMP_CWORD]}"; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
    compopt() { :; }
    jftsim() { "$NODE" "$MAIN" "$@"; }
    source <(jftsim completion bash)
    COMP_WORDS=(jftsim "$@"); COMP_CWORD=$#
    __jftsim_complete
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const env = { ...process.env, NODE: process.execPath, MAIN }
  const output = execFileSync('bash', ['-c', script, 'bash', ...words], { cwd: folder, env, encoding: 'utf8' })
  return output.split('\n').filter((line) => line !== '')
}

const FILES = [
  [['check', 'no'], ['note.json']],
  [['start', '--data', 'p'], ['payloads/']],
] as const

describe('bash completes', () => {
  test('a command', () => {
    expect(offered('ver')).toEqual(['verify'])
  })

  test('an option', () => {
    expect(offered('start', '--until')).toEqual(['--until-stdin-closes'])
  })

  test('a value of an option that has a few', () => {
    expect(offered('start', '--auth', '')).toEqual(['strict', 'relaxed'])
  })

  test('a file where a command takes one', () => {
    for (const [words, offers] of formsOf('files in bash', FILES)) expect(offered(...words)).toEqual(offers)
  })
})

/** Where the shell is: with the program on its path. */
const withProgram = () => ({ cwd: folder, env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } })

/** What fish offers at the end of the line, without descriptions. */
function offeredByFish(line: string): string[] {
  const script = 'jftsim completion fish | source; complete -C $argv[1]'
  const output = execFileSync('fish', ['-c', script, line], { ...withProgram(), encoding: 'utf8' })
  return output.split('\n').flatMap((offer) => offer.split('\t')[0] || [])
}

/** The line in zsh's editor after a Tab: in a terminal of its own, where Ctrl-X writes the line and ends the shell. */
function completedByZsh(line: string): string {
  const setUp = `autoload -Uz compinit; compinit -D -u; source <(jftsim completion zsh)
    show() { print -rn -- $BUFFER >shown; exit }; zle -N show; bindkey '^X' show`
  const script = `zmodload zsh/zpty; zpty shell zsh -f -i; zpty -w shell $1; zpty -n -w shell $2$'\\t\\x18'
    while zpty -t shell; do zpty -r shell line; done; exit 0`
  execFileSync('zsh', ['-f', '-c', script, 'zsh', setUp.replaceAll('\n', '; '), line], withProgram())
  return readFileSync(join(folder, 'shown'), 'utf8')
}

/** What PowerShell offers at the end of the line; it puts a blank behind what is whole. */
function offeredByPowerShell(line: string): string[] {
  const script = `jftsim completion powershell | Out-String | Invoke-Expression
    $line = $env:LINE; (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object { $_.CompletionText.Trim() }`
  const { cwd, env } = withProgram()
  const options = { cwd, env: { ...env, LINE: line }, encoding: 'utf8' } as const
  return execFileSync('pwsh', ['-NoProfile', '-c', script], options)
    .split(/\r?\n/)
    .filter((offer) => offer !== '')
}

const isMissing = (shell: string) => spawnSync(shell, ['-c', 'exit']).status !== 0

const OFFERED = [
  ['jftsim ver', ['verify']],
  ['jftsim start --until', ['--until-stdin-closes']],
  ['jftsim start --auth st', ['strict']],
  ['jftsim check no', ['note.json']],
] as const

describe.skipIf(isMissing('fish'))('fish completes', () => {
  test.each(formsOf('fish', OFFERED))('%s', (line, offers) => {
    expect(offeredByFish(line)).toEqual(offers)
  })
})

describe.skipIf(isMissing('pwsh'))('PowerShell completes', () => {
  test.each(OFFERED)('%s', (line, offers) => {
    expect(offeredByPowerShell(line)).toEqual(offers)
  })
})

describe.skipIf(isMissing('zsh'))('zsh completes', () => {
  test.each(formsOf('zsh', OFFERED))('%s', (line, [offer]) => {
    const words = line.split(' ').slice(0, -1)
    expect(completedByZsh(line)).toBe(`${[...words, offer].join(' ')} `)
  })
})

test.each([
  ['zsh', 'jftsim complete --'],
  ['fish', 'jftsim complete --'],
  ['powershell', "jftsim complete '--'"],
])('there is a script for %s, which asks the program', async (shell, question) => {
  const { code, stdout } = await jftsim('completion', shell)
  expect(code).toBe(0)
  expect(stdout).toContain(question)
})

test('another shell is refused with those that there are', async () => {
  const { code, stderr } = await jftsim('completion', 'ksh')
  expect(code).toBe(2)
  expect(stderr).toContain('Allowed choices are zsh, bash, fish, powershell.')
})
