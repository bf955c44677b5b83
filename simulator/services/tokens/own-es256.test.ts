import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { verifyEs256 } from '../../adapters/es256.ts'
import { setEs256 } from './own-es256.ts'
import { readProof } from './proof.ts'

/*
 * The platform's own primitive and Web Crypto must say the same of every proof: of good ones, and of each way in which a
 * signature, a key or a header is wrong.
 */

type Header = Record<string, unknown> & { readonly alg: string }

const PAYLOAD = { jti: 'a', htm: 'GET', htu: 'http://localhost/', iat: 1_800_000_000 }
let keys: Awaited<ReturnType<typeof generateKeyPair>>
let other: typeof keys
let good = ''

async function sign(pair: typeof keys, changes: Record<string, unknown> = {}): Promise<string> {
  const header: Header = { typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(pair.publicKey), ...changes }
  return new CompactSign(new TextEncoder().encode(JSON.stringify(PAYLOAD)))
    .setProtectedHeader(header)
    .sign(keys.privateKey)
}

function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true })
  other = await generateKeyPair('ES256', { extractable: true })
  good = await sign(keys)
})

afterEach(() => setEs256(undefined))

type Spoil = (header: string, payload: string, signature: string) => string

const headerWith =
  (changes: Record<string, unknown>): Spoil =>
  (header, payload, signature) => {
    const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>
    return [encoded({ ...members, ...changes }), payload, signature].join('.')
  }

const DEFECTS: Readonly<Record<string, Spoil>> = {
  none: (...parts) => parts.join('.'),
  'another payload': (header, _payload, signature) => [header, encoded({ ...PAYLOAD, jti: 'b' }), signature].join('.'),
  'a signature of zeros': (header, payload) => [header, payload, 'A'.repeat(86)].join('.'),
  'a changed signature': (header, payload, signature) =>
    [header, payload, (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)].join('.'),
  'no signature': (header, payload) => [header, payload, ''].join('.'),
  'a short signature': (header, payload, signature) => [header, payload, signature.slice(0, 85)].join('.'),
  'a long signature': (header, payload, signature) => [header, payload, `${signature}AA`].join('.'),
  'a padded signature': (header, payload, signature) => [header, payload, `${signature}==`].join('.'),
  'a signature with a foreign character': (header, payload, signature) =>
    [header, payload, `${signature.slice(0, 40)}*${signature.slice(41)}`].join('.'),
  'a signature in base64': (header, payload, signature) =>
    [header, payload, `${signature.slice(0, 40)}+${signature.slice(41)}`].join('.'),
  'a line break at the end': (...parts) => `${parts.join('.')}\n`,
  'a fourth part': (...parts) => `${parts.join('.')}.x`,
  'another algorithm of its curve': headerWith({ alg: 'ES384' }),
  'an RSA algorithm': headerWith({ alg: 'RS256' }),
  'no algorithm': headerWith({ alg: 'none' }),
  'no key': headerWith({ jwk: undefined }),
  'a point that is not on the curve': headerWith({ jwk: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' } }),
  'a critical extension': headerWith({ crit: ['x'], x: 1 }),
  'an unencoded payload': headerWith({ b64: false }),
  'a header that is spelt otherwise': headerWith({ extra: 1 }),
}

/** base64url is read with its padding, and with white space around it. */
const ACCEPTED = new Set(['none', 'a padded signature', 'a line break at the end'])

describe.each(Object.keys(DEFECTS))('a proof with %s', (defect) => {
  test('is judged alike by both', async () => {
    const [header = '', payload = '', signature = ''] = good.split('.')
    const text = DEFECTS[defect]?.(header, payload, signature) ?? ''
    const byWebCrypto = await readProof(text)
    setEs256(verifyEs256)
    expect(await readProof(text)).toEqual(byWebCrypto)
    expect(byWebCrypto.proof?.signature === 'good').toBe(ACCEPTED.has(defect))
  })
})

test('a proof that names the key of somebody else is bad by both', async () => {
  const text = await sign(keys, { jwk: await exportJWK(other.publicKey) })
  const byWebCrypto = await readProof(text)
  setEs256(verifyEs256)
  expect(await readProof(text)).toEqual(byWebCrypto)
  expect(byWebCrypto.proof).toMatchObject({
    signature: 'bad',
    thumbprint: await calculateJwkThumbprint(await exportJWK(other.publicKey)),
  })
})

test('the primitive is asked of a plain proof, and of each one again', async () => {
  let asked = 0
  setEs256((...of) => {
    asked += 1
    return verifyEs256(...of)
  })
  await readProof(good)
  await readProof(good)
  expect(asked).toBe(2)
})
