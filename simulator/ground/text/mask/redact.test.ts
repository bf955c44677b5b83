import { describe, expect, test } from 'vitest'
import { redactCommand } from './command.ts'
import { NUMBER } from './mask.fixture.ts'
import { redact, redactHeader, redactValue } from './redact.ts'

/** Long enough for a part of a key, and a word of its own. */
const SECRET = 'S3cr3tS3cr3tS3cr3tS3cr3t'

const part = (text: string) => Buffer.from(text).toString('base64url')
const SIGNATURE = part(SECRET)
const tokenOf = (header: string, payload = '{"sub":"x"}') => `${part(header)}.${part(payload)}.${SIGNATURE}`

const TOKENS: Readonly<Record<string, string>> = {
  plain: tokenOf('{"alg":"RS256"}'),
  'with a blank in its header': tokenOf('{ "alg":"RS256"}'),
  'with a line break in its header': tokenOf('{\n"alg":"RS256"}'),
  'that begins with a line break': tokenOf('\n{"alg":"RS256"}'),
  'with a private key in its header': tokenOf(`{"alg":"ES256","jwk":{"kty":"EC","d":"${SECRET}"}}`),
  'with other primes in its header': tokenOf(`{"jwk":{"kty":"RSA","oth":[{"r":"${SECRET}","d":"x","t":"x"}]}}`),
  encrypted: `${part('{"alg":"dir","enc":"A256GCM"}')}..${part('x')}.${SIGNATURE}.${SIGNATURE}`,
}

const KEYS: Readonly<Record<string, string>> = {
  'a private key in PEM': `-----BEGIN PRIVATE KEY-----\nMIIE${SECRET}\n-----END PRIVATE KEY-----`,
  'an encrypted key in PEM': `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
  'a key in PEM that was cut': `-----BEGIN EC PRIVATE KEY-----\n${SECRET}`,
  'a key in XML': `<RSAKeyValue><Modulus>AQ==</Modulus><P>${SECRET}</P><D>${SECRET}==</D></RSAKeyValue>`,
  'a JSON Web Key': `{"kty":"RSA","n":"x","d":"${SECRET}","dp":"${SECRET}","qi":"${SECRET}"}`,
  'a symmetric JSON Web Key': `{ "kty" : "oct", "k" : "${SECRET}" }`,
}

/** Names of parameters and members: by how they end, and those of RFC 6749, 7521 and 8693. */
const NAMES = [
  ...[
    'client_secret',
    'client_assertion',
    'assertion',
    'subject_token',
    'actor_token',
    'refresh_token',
    'access_token',
  ],
  ...['id_token', 'password', 'api_key', 'apikey', 'api-key', 'subscription-key', 'token', 'secret', 'code_verifier'],
  ...['apiKey', 'clientSecret', 'privateKey', 'rsaPrivateKey', 'X-Functions-Key'],
]

const HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-auth-key', 'x-api-key', 'apikey']
const MORE_HEADERS = [
  'ocp-apim-subscription-key',
  'x-csrf-token',
  'x-amz-security-token',
  'client-secret',
  'api_key',
  'password',
]

/** A text in which something stands. */
const AROUND: Readonly<Record<string, (text: string) => string>> = {
  alone: (text) => text,
  'in a sentence': (text) => `It sent ${text} today.`,
  'in JSON': (text) => JSON.stringify({ a: text }),
  'in JSON in JSON': (text) => JSON.stringify({ a: JSON.stringify({ b: text }) }),
  'as .NET writes it': (text) => dotnet(JSON.stringify({ a: text })),
}

const dotnet = (json: string) =>
  json.replace(
    /[<>&+']|\\"/g,
    (found) =>
      `\\u00${found
        .charCodeAt(found.length - 1)
        .toString(16)
        .toUpperCase()}`,
  )

const expectCut = (text: string) => {
  expect(text).not.toContain(SECRET)
  expect(text).not.toContain(SIGNATURE)
  for (const piece of text.match(/[\w-]{20,}/g) ?? []) {
    expect(Buffer.from(piece, 'base64url').toString()).not.toContain(SECRET)
  }
  expect(redact(text)).toBe(text)
}

describe.each(Object.entries(AROUND))('%s', (_place, around) => {
  test.each(Object.entries({ ...TOKENS, ...KEYS }))('%s is cut', (_, text) => {
    expect(around(text)).toMatch(new RegExp(`${SECRET}|${SIGNATURE}`))
    expectCut(redact(around(text)))
  })
})

describe('what has a secret name', () => {
  test.each(NAMES)('%s', (name) => {
    expectCut(redact(`a=1&${name}=${SECRET}&b=2`))
    expectCut(redact(`${name.replace('_', '%5F')}=${SECRET}`))
    expectCut(redact(`https://example.org/x?${name}=${SECRET}#${name}=${SECRET}`))
    expectCut(redact(JSON.stringify({ [name]: SECRET, a: JSON.stringify({ [name]: `x"\\${SECRET}"x` }) })))
    expectCut(JSON.stringify(redactValue({ a: [{ [name]: SECRET }] })))
  })

  test.each([...HEADERS, ...MORE_HEADERS])('the header %s', (name) => {
    for (const value of [
      SECRET,
      `Bearer ${SECRET}`,
      `Basic ${SECRET}`,
      `Custom-Scheme ${SECRET}`,
      `a=${SECRET}; b=${SECRET}`,
    ]) {
      expect(redactHeader(name, value).replace(/^.*?b=.*$/, '')).not.toContain(name === 'set-cookie' ? 'a=S3' : SECRET)
    }
  })

  test('the user information of a URL, and a header that a text quotes', () => {
    expectCut(redact(`Location: https://me:${SECRET}@example.org/`))
    expectCut(redact(`curl -H 'Authorization: Bearer ${SECRET}' -H "X-Auth-Key: ${SECRET}"`))
  })
})

test('a code is secret as a parameter, and a code of FHIR is none', () => {
  expectCut(redact(`grant_type=authorization_code&code=${SECRET}`))
  const fhir = JSON.stringify({
    resourceType: 'Observation',
    code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
  })
  expect(redact(fhir)).toBe(fhir)
})

test('a token can be read, without what is secret and without whom it names', () => {
  const payload = JSON.stringify({ client_id: 'x', pid: NUMBER })
  const [header = '', claims = '', rest] = redactHeader('authorization', `DPoP ${tokenOf('{"alg":"RS256"}', payload)}`)
    .replace('DPoP ', '')
    .split('.')
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RS256' })
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ client_id: 'x', pid: '***********' })
  expect(rest).toBe('[signature removed]')
})

test('public keys, names and dotted words stay', () => {
  const texts = [
    '{"kty":"RSA","n":"AQAB_AQAB-AQABAQABAQAB","e":"AQAB","kid":"a"}',
    '{"publicKey":"AQABAQABAQABAQABAQAB","keyName":"client-vendor","token_type":"DPoP"}',
    'api.read.jft.test.nhn.no urn:oid:2.16.578.1.12.4.1.4.101 a.b.c',
    'cursor=abc&_count=1&subject_token_type=urn:ietf:params:oauth:token-type:access_token',
  ]
  for (const text of texts) expect(redact(text)).toBe(text)
})

test.each([
  [['node', 'app.js', '--api-key', SECRET], 'node app.js --api-key [removed]'],
  [['node', 'app.js', `--client-secret=${SECRET}`], 'node app.js --client-secret=[removed]'],
  [['env', `JFT_API_KEY=${SECRET}`, 'x'], 'env JFT_API_KEY=[removed] x'],
  [['java', `-Dmy.password=${SECRET}`], 'java -Dmy.password=[removed]'],
  [
    ['curl', '-u', `me:${SECRET}`, '-H', `Authorization: Bearer ${SECRET}`],
    'curl -u [removed] -H Authorization: Bearer [removed]',
  ],
  [['x', `https://me:${SECRET}@example.org/?token=${SECRET}`], 'x https://[removed]@example.org/?token=[removed]'],
  [['x', '--person', NUMBER], 'x --person ***********'],
])('a command line: %s', (words, expected) => {
  expect(redactCommand(words)).toBe(expected)
})

/** 400 kB each: a time that grows with the square of the text would be minutes. */
const WORST = {
  'starts of tokens': 'eyJ-',
  tokens: `${TOKENS.plain}.`,
  'starts of PEM': '-----BEGIN PRIVATE KEY-----',
  'starts of XML': '<RSAKeyValue><D>',
  'escaped starts of XML': 'KeyValue\\u003C',
  'secret members without an end': '"token":"',
  'secret members and blanks': `"token"${' '.repeat(99)}`,
  'secret parameters': 'token=',
  'other primes': '"oth":[',
  'private members': '"d":"',
  'quoted headers': 'authorization: ',
  'names of headers': 'a-key',
  backslashes: '\\',
  schemes: '://',
  'escaped quotes': '\\u0022d',
}

test.each(Object.entries(WORST))('takes time in step with the text: %s', (_, repeated) => {
  const before = process.cpuUsage()
  redact(repeated.repeat(Math.ceil(400_000 / repeated.length)))
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(20_000)
})
