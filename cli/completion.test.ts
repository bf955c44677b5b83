import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jftsim, MAIN } from './jftsim.fixture.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-completion-'))
  writeFileSync(join(folder, 'note.json'), '{}')
  mkdirSync(join(folder, 'payloads'))
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
    expect(offered('check', 'no')).toEqual(['note.json'])
    expect(offered('start', '--data', 'p')).toEqual(['payloads/'])
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
