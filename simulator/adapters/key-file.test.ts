import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getuid } from 'node:process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KeyFileError, keysIn } from './key-file.ts'

let place: string
let folder: string
let file: string

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'keys-'))
  folder = join(place, '.jftsim')
  file = join(folder, 'keys.json')
})

afterEach(() => rm(place, { recursive: true, force: true }))

const made = (k: string) => async () => ({ kty: 'oct', k })
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)
const SECRET = { kty: 'oct', k: 'kept' }

async function put(text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(file, text)
}

describe('keys of a folder', () => {
  test('survive a restart, for their owner alone', async () => {
    const { keys, warning } = await keysIn(folder)
    expect(await keys.get('a', made('1'))).toEqual({ kty: 'oct', k: '1' })
    const again = await keysIn(folder)
    expect(await again.keys.get('a', made('2'))).toEqual({ kty: 'oct', k: '1' })
    expect([warning, await modeOf(folder), await modeOf(file)]).toEqual([undefined, '700', '600'])
    expect((await readdir(folder)).sort()).toEqual(['.gitignore', 'keys.json'])
  })

  test('a folder and a file that were there get the same modes, at the start', async () => {
    await put(JSON.stringify({ a: SECRET }))
    await chmod(folder, 0o755)
    await chmod(file, 0o644)
    const { keys } = await keysIn(folder)
    expect([await modeOf(folder), await modeOf(file)]).toEqual(['700', '600'])
    expect(await keys.get('a', made('2'))).toEqual(SECRET)
  })

  test('what a process left half done, whatever its mode, is in nobody’s way', async () => {
    await put(JSON.stringify({ a: SECRET }))
    await writeFile(`${file}.new`, '{"a":', { mode: 0o644 })
    const old = new Date(Date.now() - 60_000)
    await utimes(`${file}.new`, old, old)
    const { keys } = await keysIn(folder)
    await keys.get('b', made('1'))
    expect([await modeOf(file), Object.keys(JSON.parse(await readFile(file, 'utf8')))]).toEqual(['600', ['b', 'a']])
  })

  test('instances that share it make each key once, and lose none', async () => {
    const instances = await Promise.all(Array.from({ length: 5 }, () => keysIn(folder)))
    const names = Array.from({ length: 8 }, (_, n) => `key-${n}`)
    const found = await Promise.all(
      instances.map(({ keys }, which) => Promise.all(names.map((name) => keys.get(name, made(`${which} ${name}`))))),
    )
    expect(new Set(found.map((keys) => JSON.stringify(keys))).size).toBe(1)
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8'))).sort()).toEqual(names)
  })
})

describe('a file that is broken is named, with the cure', () => {
  const rsa = { kty: 'RSA', n: 'x', e: 'AQAB', d: 'x', p: 'x', q: 'x', dp: 'x', dq: 'x', qi: 'x' }
  const broken: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no JSON', '{"helseid":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a key that is null', '{"helseid":null}'],
    ['an empty key', '{"helseid":{}}'],
    ['an RSA key of another kind', '{"helseid":{"kty":"OKP","x":"y"}}'],
    ...Object.keys(rsa).map((name): readonly [string, string] => [
      `an RSA key without ${name}`,
      JSON.stringify({ helseid: { ...rsa, [name]: undefined } }),
    ]),
    ['an EC key without d', JSON.stringify({ 'vkp-dpop': { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } })],
    ['a secret without k', '{"nonce":{"kty":"oct"}}'],
    ['half of a good one', JSON.stringify({ a: SECRET, b: rsa }).slice(0, 60)],
  ]

  test.each(broken)('%s', async (_what, text) => {
    await put(text)
    const failure = await keysIn(folder).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(KeyFileError)
    expect((failure as Error).message).toContain(file)
    expect((failure as Error).message).toContain('Delete it to make new keys')
    expect(await readFile(file, 'utf8')).toBe(text)
  })
})

describe('a folder that cannot be used: keys are in memory, and it says so', () => {
  const inMemory = async () => {
    const { keys, warning } = await keysIn(folder)
    expect(warning).toContain(folder)
    expect(warning).toContain('in memory only')
    expect(await keys.get('a', made('1'))).toEqual({ kty: 'oct', k: '1' })
    expect(await keys.get('a', made('2'))).toEqual({ kty: 'oct', k: '1' })
  }

  test('a file of its name', async () => {
    await writeFile(folder, 'x')
    await inMemory()
  })

  test('a folder where the file of keys should be', async () => {
    await mkdir(file, { recursive: true })
    await inMemory()
  })

  test.skipIf(getuid?.() === 0)('no right to write (skipped for root, who may)', async () => {
    await chmod(place, 0o500)
    await inMemory()
    await chmod(place, 0o700)
  })

  test('it goes away later: told once a key cannot be kept, and the key is good', async () => {
    const told: string[] = []
    const { keys } = await keysIn(folder, (text) => told.push(text))
    await rm(folder, { recursive: true })
    await writeFile(folder, 'x')
    expect(await keys.get('a', made('1'))).toEqual({ kty: 'oct', k: '1' })
    expect(told).toEqual([expect.stringContaining('in memory only')])
  })
})
