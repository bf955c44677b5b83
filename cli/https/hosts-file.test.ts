import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostsLines, otherEntries, systemHostsFile, withHosts, withoutHosts } from './hosts-file.ts'
import { REAL_TEST_HOSTS } from './names.ts'

const LINES = hostsLines(REAL_TEST_HOSTS)
const someFile = fc
  .tuple(
    fc.array(fc.constantFrom('127.0.0.1 localhost', '# a comment', '', '10.0.0.1 a b', '::1 localhost')),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, end, last]) => lines.join(end) + (last && lines.length > 0 ? end : ''))

describe('the hosts file', () => {
  test('has each real host of the test environment at both loopback addresses', () => {
    expect(LINES).toContain('127.0.0.1 helseid-sts.test.nhn.no')
    expect(LINES).toContain('::1 api.write.jft.test.nhn.no')
    expect(LINES).toHaveLength(2 * REAL_TEST_HOSTS.length + 2)
  })

  test('gets its lines once, and is as it was when they are removed, but for the end of its last line', () => {
    fc.assert(
      fc.property(someFile, (text) => {
        const added = withHosts(text, LINES)
        expect(withHosts(added, LINES)).toBe(added)
        expect(added.startsWith(text)).toBe(true)
        expect([text, `${text}\n`, `${text}\r\n`]).toContain(withoutHosts(added))
        expect(withoutHosts(text)).toBe(text)
      }),
    )
  })

  test('is left alone where our last line was deleted by hand: what follows may be somebody’s', () => {
    const broken = withHosts('', LINES).replace('# jftsim: end\n', '10.0.0.1 mine\n')
    expect(withoutHosts(broken)).toBe(broken)
  })

  test('names lines before ours that lead elsewhere, and no comments', () => {
    const text = '10.0.0.7  helseid-sts.test.nhn.no other\n# 10.0.0.8 helseid-sts.test.nhn.no\n10.0.0.9 unrelated\n'
    expect(otherEntries(withHosts(text, LINES), REAL_TEST_HOSTS)).toEqual(['10.0.0.7  helseid-sts.test.nhn.no other'])
  })

  test('is where the system has it', () => {
    expect(systemHostsFile('linux', {})).toBe('/etc/hosts')
    expect(systemHostsFile('win32', { SystemRoot: 'D:\\Windows' })).toBe('D:\\Windows\\System32\\drivers\\etc\\hosts')
  })
})
