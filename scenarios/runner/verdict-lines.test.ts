import { expect, test } from 'vitest'
import { checkPayload } from '../../simulator/index.ts'
import { verdictLines } from './verdict-lines.ts'

test('a check in lines has each verdict, the places, what VKP makes of it, and the fixes', () => {
  const sent =
    '{"resourceType":"Composition","status":"final","type":{"text":"x"},"date":"2026","author":{"display":"x"},"title":"x"}'
  expect(verdictLines(checkPayload(sent, { forwarded: true }), sent).slice(0, 6)).toEqual([
    'jft r4-array-expected JSON111 warning /author 1:91 Composition.author (SDK 5: Composition.author[0] 1:92 structure)',
    '  Expected start of array. {"expected":"array of Reference","found":"object"}',
    '  fix: `author` must be a list; you sent one object: wrap it in [ ].',
    '  patch: [{"op":"move","from":"/author","path":"/_moved"},{"op":"add","path":"/author","value":[]},{"op":"move","from":"/_moved","path":"/author/0"}]',
    'vkp accepts it',
    'vkp corrects wrap /author Composition.author {"display":"x"} => [{"display":"x"}]',
  ])
})

test('what cannot be seen is an escape, and a line that would stand twice stands once', () => {
  const sent = '{"resourceType":"Basic","code":{"text":"\u00a0\u2028"},"x\u200b":1}'
  const lines = verdictLines(checkPayload(sent), sent)
  expect(lines.join('')).not.toMatch(/[\u00a0\u2028\u200b]/)
  expect(lines.length).toBe(new Set(lines).size)
})
