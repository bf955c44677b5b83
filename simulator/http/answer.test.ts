import { expect, test } from 'vitest'
import { json } from './answer.ts'

test('an answer has its value as JSON', () => {
  expect(json(201, { a: [1, null] }, { location: '/a' })).toEqual({
    status: 201,
    headers: { 'content-type': 'application/json; charset=utf-8', location: '/a' },
    body: '{"a":[1,null]}',
  })
})

test('a promise is none, nor what has one as a member: the types refuse both', () => {
  const list = Promise.resolve(['a'])
  // @ts-expect-error `JSON.stringify` would write {}
  expect(json(200, list).body).toBe('{}')
  // @ts-expect-error `JSON.stringify` would write {}
  expect(json(200, { list }).body).toBe('{"list":{}}')
})
