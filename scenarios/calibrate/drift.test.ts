import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SILENT_POINTS } from '../../simulator/index.ts'
import { readRequirements } from '../requirements/requirement.ts'
import { ABOUT } from './about.ts'
import { targetWith } from './calibrate.fixture.ts'
import { calibrate } from './calibrate.ts'
import { driftOf } from './drift.ts'

const FOLDER = join(import.meta.dirname, '../requirements')

function knownRequirements(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))
  const texts = files.map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }))
  return readRequirements(texts).flatMap(({ requirements }) => requirements.map(({ id }) => id))
}

test('every setting is about requirements that there are, or about none', () => {
  expect(Object.keys(ABOUT).sort()).toEqual(Object.keys(SILENT_POINTS).sort())
  const known = knownRequirements()
  expect(Object.values(ABOUT).flatMap((ids) => ids.filter((id) => !known.includes(id)))).toEqual([])
})

/** What is told of a simulator whose answers somebody changes on the way, told by the settings that are asked for. */
async function driftBehind(change: (path: string, answer: Response) => Response, only: readonly string[]) {
  const target = await targetWith({})
  const send = async (request: Request) => change(new URL(request.url).pathname, await target.send(request))
  const options = { also: [], gap: 0, sleep: () => Promise.resolve(), takes: () => true, only }
  const calibration = await calibrate({ ...target, send }, options)
  return { calibration, drift: driftOf(calibration, () => 'as assumed') }
}

test('what no value of a setting plays is drift too, once for each requirement, and decides nothing', async () => {
  const created = (path: string, answer: Response) =>
    path === '/write/v1/Composition' && answer.status === 202
      ? new Response(null, { status: 201, headers: answer.headers })
      : answer
  const { calibration, drift } = await driftBehind(created, ['duplicateSubmission', 'resourceId'])
  expect(calibration.settings).toEqual({})
  expect(Object.keys(calibration.undecided)).toEqual(['resourceId', 'duplicateSubmission'].sort())
  expect([...drift.keys()]).toEqual(['write-202'])
})

test('a passing failure is no drift', async () => {
  const down = (path: string, answer: Response) =>
    path.startsWith('/read/') ? new Response('', { status: 503 }) : answer
  const { calibration, drift } = await driftBehind(down, ['searchTotal', 'metadata'])
  expect(Object.keys(calibration.undecided)).toHaveLength(2)
  expect(drift.size).toBe(0)
})

test('an answer that no value stands for is told with the exchange that shows it', async () => {
  const found = (path: string, answer: Response) =>
    path.endsWith('/metadata') ? Response.json({ resourceType: 'CapabilityStatement' }) : answer
  const { drift } = await driftBehind(found, ['metadata'])
  const [departure] = drift.get(undefined) ?? []
  expect(departure).toMatchObject({
    settings: ['metadata'],
    what: '/metadata answered 200, which no value of the setting stands for.',
    shownBy: { request: { method: 'GET' }, response: { status: 200 } },
  })
})
