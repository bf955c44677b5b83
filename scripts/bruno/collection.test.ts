import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { expect, test } from 'vitest'
import { collectionFiles } from './collection.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'examples', 'bruno')

test('the collection is what its generator makes of the routes today', () => {
  const entries = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const committed = entries.map(({ parentPath, name }) => {
    const file = join(parentPath, name)
    return [relative(FOLDER, file).split(sep).join('/'), readFileSync(file, 'utf8')] as const
  })
  expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(collectionFiles()))
})

test('a token, submission, search, page, status, acknowledgement, VKP and PIT are each asked for', () => {
  const urls = [...collectionFiles().values()].flatMap((text) => /^ {2}url: (.*)$/m.exec(text)?.[1] ?? [])
  for (const part of [
    '/ttt/v2/create-test-token-with-key',
    '/write/v1/Composition',
    '/read/v1/Composition?_count=1',
    '{{nextBundle}}',
    '/read/v1/Composition/_search',
    '{{statusComposition}}',
    '$journaling-acknowledged',
    '/vkp/epj/r4/{{municipality}}/patient/_search',
    '/pit/v1/Patient?',
  ])
    expect(urls.some((url) => url.includes(part))).toBe(true)
})
