import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Patient } from 'fhir/r4.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Jft, startJft } from '../../simulator/adapters/testing/start-jft.ts'
import { checkPayload } from '../../simulator/index.ts'
import { jftsim } from '../here.fixture.ts'
import { jftsim as started } from '../jftsim.fixture.ts'

const generate = (...args: string[]) => jftsim('generate', ...args)

let folder: string
let jft: Jft

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
  jft = await startJft()
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await jft.close()
})

test('writes lines that JFT accepts; the same seed gives the same', async () => {
  const { stdout } = await started('generate', 'note', 'alarm', '--count', '2', '--seed', '7')
  const lines = stdout.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).resourceType)).toEqual(['Composition', 'Composition', 'Bundle', 'Bundle'])
  expect(lines.map((line) => checkPayload(line).jft.accepted)).toEqual([true, true, true, true])
  expect((await generate('note', 'alarm', '--count', '2', '--seed', '7')).stdout).toBe(stdout)
})

test('patient: persons of every case, that PIT takes and has to read', async () => {
  const { stdout } = await generate('patient', '--count', '40', '--seed', '3')
  const patients = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Patient)
  expect(new Set(patients.map(({ resourceType }) => resourceType))).toEqual(new Set(['Patient']))
  const numbered = patients.filter(({ identifier = [] }) => identifier.length === 2)
  expect(numbered.length).toBeLessThan(patients.length)
  expect(patients.some(({ deceasedDateTime }) => deceasedDateTime !== undefined)).toBe(true)
  expect(patients.some(({ address }) => address === undefined)).toBe(true)
  const url = jft.urls.helseid.replace('/helseid', '')
  const { code, stderr } = await generate('patient', 'note', '--count', '3', '--post', url, '--rate', '100')
  expect([code, stderr]).toEqual([0, expect.stringContaining('6 of 6 sent; 202: 6')])
})

test('writes files, spoiled in one way', async () => {
  const out = join(folder, 'events')
  const { code } = await generate('dispensing', '--count', '10', '--spoil', 'missing-mandatory', '--out', out)
  expect(code).toBe(0)
  const files = readdirSync(out)
  expect([files.length, files[0]]).toEqual([10, 'dispensing-missing-mandatory-01.json'])
  const { issues } = checkPayload(readFileSync(join(out, files[0] ?? ''), 'utf8')).jft
  expect(issues.map(({ rule }) => rule)).toEqual(['r4-missing-element'])
})

describe('posting', () => {
  test('submits each event, and counts the answers', async () => {
    await using sandbox = await jft.sandbox()
    const { code, stderr } = await generate(
      'note',
      'dispensing',
      '--count',
      '5',
      '--post',
      `${jft.url}/s/${sandbox.name}`,
    )
    expect([code, stderr.trim()]).toEqual([0, '10 of 10 sent; 202: 10'])
    expect(await sandbox.events()).toHaveLength(10)
  })

  test('a refusal is shown; it is not a failure when it was asked for', async () => {
    await using sandbox = await jft.sandbox()
    const url = `${jft.url}/s/${sandbox.name}/`
    const { code, stderr } = await generate('note', '--spoil', 'bad-status', '--post', url, '--rate', '100')
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 of 1 sent; 400: 1')])
    expect(stderr).toContain('The first refusal, 400: {"resourceType":"OperationOutcome"')
  })

  test('an event that JFT does not take is a failure', async () => {
    await using sandbox = await jft.sandbox({ assumptions: { sizeLimitBytes: 100 } })
    const posted = await generate('note', '--post', `${jft.url}/s/${sandbox.name}`)
    expect(posted).toMatchObject({ code: 1, stderr: expect.stringContaining('1 of 1 sent; 413: 1') })
  })

  test('an event that gets no answer is a failure, and the others are sent', async () => {
    await using sandbox = await jft.sandbox()
    await sandbox.fault({ preset: 'lost-request' })
    const { code, stderr } = await generate('note', '--count', '3', '--post', `${jft.url}/s/${sandbox.name}`)
    expect([code, stderr]).toEqual([1, expect.stringContaining('3 of 3 sent; 202: 2, no answer: 1')])
  })

  test('without a simulator, and without a delegation', async () => {
    expect(await generate('note', '--post', 'http://localhost:1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No simulator answers at http://localhost:1.'),
    })
    expect(await generate('note', '--post', jft.url, '--orgnr', '994598759')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^jftsim: HelseID at \S+ answered 400: .*HID-1001/),
    })
  })
})

test.each([
  [['nite'], 'There is no kind nite. Did you mean note?'],
  [['note', '--spoil', 'empty-strin'], 'There is no spoiler empty-strin. Did you mean empty-string?'],
  [['x'.repeat(20)], 'There are note, measurement, omission, form-answer'],
])('wrong use: %j', async (args, message) => {
  expect(await generate(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
})
