import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CurlRequest, curlCommand, curlConfigValue } from './curl.ts'
import { argumentsByPowershell, powershellString } from './powershell.fixture.ts'

/** Everything that a shell, curl or Windows could take for something else. */
const NASTY = [
  ...[
    "'",
    '"',
    '`',
    '$',
    '\\',
    '!',
    '@',
    '{',
    '}',
    '[',
    ']',
    '*',
    '?',
    '~',
    '#',
    '&',
    '|',
    ';',
    '<',
    '>',
    '(',
    ')',
    '%',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '-',
    '--data',
    '$(id)',
    '`id`',
    '$HOME',
    '\\"',
    '\\\\',
    '{a,b}',
    '[1-3]',
    '@/etc/passwd',
  ],
  ...['‘', '’', '“', '”', '„', 'æøå', '😀', 'a', 'EOF', '\\n', '%s', "'@", '"@'],
]

/** The same texts in each run: some pieces of that, in some order. */
function textsOf(count: number, without = /(?!)/): string[] {
  const pieces = NASTY.filter((piece) => !without.test(piece))
  let state = 1
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  const texts = Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join(''),
  )
  return [...pieces, ...texts]
}

const BODIES = textsOf(40)
/** A header has no line ends and no characters beyond ASCII, and what stands around it is not a part of it. */
const VALUES = textsOf(40, /[^\x20-\x7e]/).map((value) => value.trim())

interface Received {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const hasCurl = spawnSync('curl', ['--version']).status === 0
const received: Received[] = []
let port = 0
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { method, url, headers } = request
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    response.end('{}')
  })
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

const run = promisify(execFile)

/** What arrives when a real shell runs the commands, one after the other, with the real curl. */
async function sent(requests: readonly CurlRequest[], shell: string): Promise<readonly Received[]> {
  received.length = 0
  const script = join(mkdtempSync(join(tmpdir(), 'curl-')), 'commands.sh')
  writeFileSync(script, requests.map((request) => `${curlCommand(request)}\n`).join(''))
  await run(shell, [script], { env: { ...process.env, TOKEN: 'the token', HOME: '/nowhere' } })
  return [...received]
}

const base = () => `http://127.0.0.1:${port}`
const post = (parts: Partial<CurlRequest>): CurlRequest => ({ method: 'POST', url: base(), headers: [], ...parts })

describe.skipIf(!hasCurl).each(['sh', 'bash'])('%s and curl (skipped where there is no curl)', (shell) => {
  test('send every body as it is, and no content type that it has not', async () => {
    const requests = BODIES.map((body) => post({ body }))
    const arrived = await sent(requests, shell)
    expect(arrived.map(({ body }) => body)).toEqual(BODIES)
    expect(arrived.filter(({ headers }) => headers['content-type'] !== undefined)).toEqual([])
  })

  test('send every header as it is, empty ones too', async () => {
    const arrived = await sent(
      VALUES.map((value) => post({ headers: [['x-any', value]] })),
      shell,
    )
    expect(arrived.map(({ headers }) => headers['x-any'])).toEqual(VALUES)
  })

  test('call every URL and method as it is', async () => {
    const paths = [
      '{a,b}',
      '[1-3]',
      "it's",
      '$HOME',
      '$(id)',
      '`id`',
      '*',
      '!1',
      ';x',
      'a&b=c',
      '(a)',
      '~',
      '%7B',
      '@x',
      '"q"',
      '|',
    ]
    const requests = paths.flatMap((path) => [
      post({ url: `${base()}/${path}` }),
      post({ url: `${base()}/?q=${path}` }),
    ])
    const arrived = await sent([...requests, post({ method: "M-'$x" }), post({ method: 'HEAD' })], shell)
    const urls = paths.flatMap((path) => [`/${path}`, `/?q=${path}`])
    expect(arrived.slice(0, urls.length).map(({ url }) => url)).toEqual(urls)
    expect(arrived[0]?.method).toBe('POST')
    expect(arrived.at(-1)?.method).toBe('HEAD')
  })

  test('take a body that is longer than an argument may be, a file, and a variable', async () => {
    const long = `@${NASTY.join('').repeat(4_000)}`
    const file = join(mkdtempSync(join(tmpdir(), "it's a $folder ")), 'body.json')
    writeFileSync(file, '{"from":"a file"}')
    const headers = [['authorization', { prefix: 'DPoP "$HOME` ', variable: 'TOKEN' }]] as const
    const arrived = await sent([post({ body: long }), post({ body: { file } }), post({ headers })], shell)
    expect(long.length).toBeGreaterThan(150_000)
    expect(arrived[0]?.body === long).toBe(true)
    expect(arrived[1]?.body).toBe('{"from":"a file"}')
    expect(arrived[2]?.headers.authorization).toBe('DPoP "$HOME` the token')
  })
})

describe('PowerShell, by its rules', () => {
  const linesOf = (request: CurlRequest) =>
    curlCommand(request, 'powershell')
      .split('\n')
      .map((line) => line.slice(2))

  test('writes every body into the file as it is', () => {
    for (const body of BODIES) {
      const [, , , write = ''] = linesOf(post({ body }))
      const start = '[IO.File]::WriteAllText($body, '
      expect(write.startsWith(start)).toBe(true)
      const read = powershellString(write, start.length)
      expect(read).toEqual({ value: body, end: write.length - 1 })
    }
  })

  test('hands every header on as it is', () => {
    for (const value of VALUES.filter((one) => one !== '')) {
      const command = linesOf(post({ headers: [['x-any', value]] }))
        .slice(2, -1)
        .join('\n')
      const [program, , , , , url, , header] = argumentsByPowershell(command)
      expect({ program, url, header }).toEqual({ program: 'curl.exe', url: base(), header: `x-any: ${value}` })
    }
  })

  test('sends a file, a variable and a body, and tidies up', () => {
    const headers = [['authorization', { prefix: 'DPoP ', variable: 'TOKEN' }]] as const
    const command = linesOf(post({ headers, body: { file: 'C:\\a b\\c.json' } }))
      .slice(2, -1)
      .join('\n')
    expect(argumentsByPowershell(command, { TOKEN: 'abc' }).slice(5)).toEqual([
      base(),
      '-H',
      'authorization: DPoP abc',
      '-H',
      'Content-Type:',
      '--data-binary',
      '@C:\\a b\\c.json',
    ])
    expect(
      curlCommand({ method: 'POST', url: 'http://a/b', headers: [], body: "it's\n“so”" }, 'powershell'),
    ).toMatchInlineSnapshot(`
      "& {
        $PSNativeCommandArgumentPassing = 'Legacy'
        $body = [IO.Path]::GetTempFileName()
        [IO.File]::WriteAllText($body, ('it''s' + "\`n" + '“so”'))
        curl.exe -sS -i -X POST 'http://a/b' \`
          -H 'Content-Type:' \`
          --data-binary "@$body"
        Remove-Item $body
      }"
    `)
  })
})

test('a value of a config file', () => {
  expect(curlConfigValue('a "quoted" \\ text\r\n\twith @')).toBe('"a \\"quoted\\" \\\\ text\\r\\n\\twith @"')
})
