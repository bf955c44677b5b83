import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { FileFaults, readYaml } from './read-yaml.ts'

function faultsIn(text: string): string[] {
  try {
    readYaml({ file: 'x.yaml', text }, z.strictObject({ pack: z.string() }))
    return []
  } catch (error) {
    if (!(error instanceof FileFaults)) throw error
    return error.message.split('\n')
  }
}

/** Each alias stands for nine of the one before: 387 million texts. */
const BOMB = ['a: &a0 x', ...Array.from({ length: 9 }, (_, n) => `b${n}: &a${n + 1} [${`*a${n},`.repeat(9)}]`)].join(
  '\n',
)

describe('a file that is hostile is refused with one reason', () => {
  test.each([
    ['aliases that multiply', BOMB, /^x\.yaml:1:1: It cannot be read: Excessive alias count/],
    ['an alias of what it stands in', 'pack: &a\n  x: *a', /^x\.yaml:1:1 pack: Invalid input: expected string/],
    [
      'lists in lists',
      `pack: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      /^x\.yaml:1:\d+: It is nested too deeply\.$/,
    ],
    [
      'keys in keys',
      Array.from({ length: 5000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      /: It is nested too deeply\.$/,
    ],
    ['nothing', '', /^x\.yaml:1:1: It is empty\.$/],
    ['a comment', '# pack', /^x\.yaml:1:1: It is empty\.$/],
    ['a second document', 'pack: a\n---\npack: b', /^x\.yaml:2:1: There is a second document; a file holds one\.$/],
    ['a key twice', 'pack: a\npack: b', /^x\.yaml:2:1: Map keys must be unique$/],
    ['a tab', 'pack:\n\tx: 1', /^x\.yaml:2:1: Tabs are not allowed as indentation$/],
    ['a list', '- a', /^x\.yaml:1:1: Invalid input: expected object, received array$/],
    ['a key of another language', 'pack: a\n__proto__: {}', /^x\.yaml:2:1 __proto__: There is no key __proto__\./],
  ])('%s', (_what, text, reason) => {
    expect(faultsIn(text)).toEqual([expect.stringMatching(reason)])
  })

  test.each([50, 51, 2_000])('%i faults: at most 50 are listed, the others counted', (count) => {
    const faults = faultsIn(`pack: a\n${Array.from({ length: count }, (_, n) => `k${n}: 1`).join('\n')}`)
    expect(faults).toHaveLength(Math.min(count, 51))
    if (count > 50) expect(faults.at(-1)).toBe(`and ${count - 50} more`)
  })
})
