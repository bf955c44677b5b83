import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { Library } from './library.ts'
import { acceptsStrictly } from './opinion.ts'
import { LibraryUnavailable } from './program.ts'

const PATH = process.env.PATH
const withoutDotnet = spawnSync('dotnet', ['--version']).status !== 0

afterEach(() => {
  process.env.PATH = PATH
})

test('says what is missing where there is no .NET', async () => {
  process.env.PATH = ''
  await expect(Library.open(6)).rejects.toThrow(
    'There is no `dotnet` on the PATH; the real library needs the .NET SDK 8 or later: https://dotnet.microsoft.com/download',
  )
})

describe.skipIf(withoutDotnet)('the real library', () => {
  test('answers in the order of the questions', async ({ skip }) => {
    const library = await Library.open(6).catch((error: unknown) => {
      if (error instanceof LibraryUnavailable) return skip(error.message)
      throw error
    })
    expect(library.versions.firely).toBe('6.8.0')
    const payloads = Array.from({ length: 300 }, (_, index) =>
      Buffer.from(`{"resourceType":"Patient","active":${index % 3 === 0 ? '"x"' : true}}`),
    )
    const opinions = await library.askAll(payloads)
    expect(opinions.map((opinion) => acceptsStrictly(opinion))).toEqual(payloads.map((_, index) => index % 3 !== 0))
    expect(opinions[0]?.strict.issues).toEqual([
      {
        code: 'PVAL123',
        path: 'Patient.active',
        line: 1,
        position: 39,
        severity: 'Error',
        message: "string 'x' is not the right type of literal for a boolean.",
      },
    ])
    const broken = await library.ask(Buffer.from('{"resourceType":'))
    expect(broken.strict.thrown?.type).toBe('JsonException')
    await library.close()
  })
})
