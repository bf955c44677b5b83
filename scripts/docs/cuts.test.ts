import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inRoot } from '../paths.mjs'
import { cutsOf, withCuts } from './cuts.ts'

describe.each(['dotnet', 'java', 'javascript'])('docs/%s.md', (name) => {
  const page = readFileSync(inRoot('docs', `${name}.md`), 'utf8')

  test('has its code from files that are compiled and run', () => {
    expect(page).toBe(withCuts(page))
  })

  test('has no other code', () => {
    const blocks = page.match(/^```(?:java|csharp|ts)$/gm) ?? []
    expect(cutsOf(page)).toHaveLength(blocks.length)
    expect(blocks.length).toBeGreaterThan(3)
  })
})

test('a region is cut without its indentation', () => {
  const page = withCuts('<!-- examples/java/shared/JdkTokens.java#htu -->\n\n```java\n```\n')
  expect(page).toContain('```java\n/** The proof names the URL without its query;')
  expect(page).toContain('\n    return url.getScheme() + "://"')
  expect(page).not.toContain('docs:')
})

test('a region that is not there is named', () => {
  expect(() => withCuts('<!-- examples/java/shared/JdkTokens.java#nope -->\n\n```java\n```')).toThrow(
    'examples/java/shared/JdkTokens.java has no region nope.',
  )
})
