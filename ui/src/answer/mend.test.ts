import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../../simulator/index.ts'
import type { PayloadCheck } from '../data/api.ts'
import { mendOf } from './mend.ts'

const { fetch } = createSimulator()

/** What can be mended of a payload, as the simulator judges it. */
async function mended(payload: string) {
  const answer = await fetch(new Request('http://localhost:7357/_sim/check', { method: 'POST', body: payload }))
  return mendOf(payload, (await answer.json()) as PayloadCheck)
}

const REST = `"resourceType": "Composition",
  "status": "final",
  "type": { "text": "x" },
  "date": "2026-05-26",
  "title": "æ"`

describe('a mend', () => {
  test('leaves out elements that R4 does not have, and keeps all other characters', async () => {
    const payload = `{ "first": 1,
  ${REST},
  "author": [{ "one": 1, "display": "x", "two": [2], "three": { "a": {} } }],
  "last":  [ {} ]
}`
    const mend = await mended(payload)
    expect(mend?.removed).toEqual(['/first', '/author/0/one', '/author/0/two', '/author/0/three', '/last'])
    expect(mend?.payload).toBe(`{ ${REST},
  "author": [{ "display": "x" }]
}`)
    expect(mend?.patch).toEqual(mend?.removed.map((path) => ({ op: 'remove', path })))
    expect([mend?.fixed, mend?.of]).toEqual([5, 5])
  })

  test('goes together with the mechanical fixes, and says how many errors are left', async () => {
    const mend = await mended(
      `{${REST}, "author": { "display": "x", "nam": "y" }, "date2": "x", "confidentiality": "Q"}`,
    )
    expect(mend?.payload).toBe(`{${REST}, "author": [{ "display": "x" }], "confidentiality": "Q"}`)
    expect([mend?.fixed, mend?.of]).toEqual([3, 4])
  })

  test('is a payload and no patch for what is not JSON', async () => {
    const mend = await mended(`{${REST}, "author": [{ "display": "x" }],}`)
    expect(mend).toEqual({
      patch: null,
      payload: `{${REST}, "author": [{ "display": "x" }]}`,
      fixed: 1,
      of: 1,
      removed: [],
    })
  })

  test('is none where only the vendor knows what to write', async () => {
    expect(await mended(`{${REST}}`)).toBeUndefined()
  })
})
