import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readJson, readText, writing } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string | Uint8Array): string {
  const file = join(folder, 'some.json')
  writeFileSync(file, content)
  return file
}

describe('a file of the command line', () => {
  test('is JSON in UTF-8, with or without a byte order mark', () => {
    expect(readJson(fileOf('{ "name": "Åse" }'))).toEqual({ name: 'Åse' })
    expect(readJson(fileOf('\uFEFF[1]'))).toEqual([1])
  })

  test('is named where it is none', () => {
    const file = fileOf('{ name: 1 }')
    expect(() => readJson(file)).toThrow(`${file} is not JSON: Expected property name`)
  })

  test('is named where it is not UTF-8, or not there', () => {
    const file = fileOf(Uint8Array.of(0x22, 0xe6, 0x22))
    expect(() => readText(file)).toThrow(`${file} is not UTF-8: `)
    expect(() => readText(join(folder, 'none'))).toThrow(`${join(folder, 'none')} cannot be read: ENOENT`)
  })

  test('is written, or named with what may help', () => {
    const file = join(folder, 'written')
    writing(file, () => writeFileSync(file, 'x'))
    expect(readFileSync(file, 'utf8')).toBe('x')
    expect(() => writing(folder, () => writeFileSync(folder, 'x'), '. Choose another.')).toThrow(
      /^\S+ cannot be written: EISDIR.*\. Choose another\.$/,
    )
  })
})
