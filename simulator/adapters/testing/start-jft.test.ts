import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MUNICIPALITIES, noteFactory } from '../../../fixtures/index.ts'
import { ControlRefused } from '../../surfaces/control/client.ts'
import { type Jft, startJft } from './start-jft.ts'

let jft: Jft

beforeAll(async () => {
  jft = await startJft()
})

afterAll(() => jft.close())

const MUNICIPALITY = MUNICIPALITIES.jft

test('a token with its headers is good for any call over HTTP', async () => {
  const token = await jft.token(MUNICIPALITY)
  const url = `${jft.urls['jft-read']}/v1/Composition?_count=1`
  expect(url).toBe(`${jft.url}/read/v1/Composition?_count=1`)
  const answer = await fetch(url, { headers: { ...(await token.authorize('GET', url)) } })
  expect(answer.status).toBe(200)
})

describe('a sandbox', () => {
  test('has its own base URLs, events and exchanges, and is gone when it is disposed of', async () => {
    let name: string
    {
      await using sandbox = await jft.sandbox()
      name = sandbox.name
      expect(sandbox.urls['jft-write']).toBe(`${jft.url}/s/${name}/write`)
      const { id, location } = await sandbox.submit(noteFactory.build(), MUNICIPALITY)
      expect(location).toBe(`${sandbox.urls['jft-read']}/v1/Composition/${id}/$status`)
      expect(await sandbox.events()).toMatchObject([{ id, type: 'Composition', municipality: MUNICIPALITY }])
      expect(JSON.parse((await sandbox.event('Composition', id)).resource)).toMatchObject({ id })
      expect(await sandbox.exchanges({ surface: 'jft-write' })).toMatchObject([{ status: 202 }])
    }
    expect((await fetch(`${jft.url}/s/${name}/_sim/health`)).status).toBe(404)
    expect(await jft.events()).toEqual([])
  })

  test('begins with what it is told, and a reset goes back there', async () => {
    const events = [{ municipality: MUNICIPALITY, resource: noteFactory.build(), clientName: 'Before' }]
    await using sandbox = await jft.sandbox({ seed: 'a', frozenAt: '2026-03-02T12:00:00Z', events })
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    expect(await sandbox.events()).toHaveLength(2)
    await sandbox.reset()
    expect(await sandbox.events()).toMatchObject([{ clientName: 'Before', registered: '2026-03-02T12:00:00+00:00' }])
  })

  test('goes back to a snapshot', async () => {
    await using sandbox = await jft.sandbox()
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    await sandbox.snapshot('one')
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    await sandbox.restore('one')
    expect(await sandbox.events()).toHaveLength(1)
  })

  test('has a clock that tokens and proofs follow', async () => {
    await using sandbox = await jft.sandbox()
    expect(await sandbox.clock.freeze('2020-01-01T00:00:00Z')).toMatchObject({ mode: 'frozen' })
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    expect(await sandbox.clock.advance('PT10M')).toMatchObject({ now: '2020-01-01T00:10:00.000Z' })
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    const stamps = (await sandbox.events()).map(({ lastUpdated }) => lastUpdated)
    expect(stamps).toEqual(['2020-01-01T00:10:00+00:00', '2020-01-01T00:00:00+00:00'])
    expect(await sandbox.clock.resume()).toMatchObject({ mode: 'running' })
  })

  test('lists more than one page of exchanges', async () => {
    await using sandbox = await jft.sandbox()
    for (let n = 0; n < 1_001; n += 1) {
      await sandbox.fetch(new Request(`${sandbox.urls['jft-read']}/v1/Bundle`))
    }
    const sequences = (await sandbox.exchanges({ status: 401 })).map(({ sequence }) => sequence)
    expect(sequences).toEqual(Array.from({ length: 1_001 }, (_, index) => 1_001 - index))
    expect(await sandbox.exchanges({ refused: true, path: '/v1/Composition' })).toEqual([])
  })
})

describe('what is refused', () => {
  test('an option that there is not', async () => {
    const wrong = jft.sandbox({ frozenAt: 'yesterday' })
    await expect(wrong).rejects.toThrow(ControlRefused)
    await expect(wrong).rejects.toThrow(/sandboxes answered 400: frozenAt: /)
  })

  test('a submission, with the answer of JFT', async () => {
    const note = { ...noteFactory.build(), status: undefined }
    await expect(jft.submit(note, MUNICIPALITY)).rejects.toThrow(/answered 400: .*r4-missing-element/)
  })

  test('a client that there is not, with those that there are', async () => {
    await expect(jft.client('Bruno')).rejects.toThrow('There is no client Bruno; there are Bruno-Local, EHR-Local')
  })

  test('a municipality without a delegation, with the words of HelseID', async () => {
    await expect(jft.token('994598759')).rejects.toThrow('HID-1001')
  })
})
