import { describe, expect, test } from 'vitest'
import { isSampled } from '../../sample.fixture.ts'
import { operationOutcome } from '../operation-outcome.ts'
import { STRICT_DEFAULTS, type StrictResult, validateStrict } from './strict.ts'
import {
  HAS_RECORDED,
  type Recorded,
  type RecordedInput,
  recordedInputs,
  recordedOutcomes,
} from './strict-firely.fixture.ts'

const SDKS = [5, 6] as const
const FILES = ['one-place', 'literals', 'syntax', 'mutations', 'files'] as const

/** Where the simulator differs on purpose, or says less. */
const DIFFERENCES = [
  {
    reason: 'A byte order mark is read over: the record is of bytes, and a stream, which ASP.NET reads, skips it.',
    applies: (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])),
  },
  {
    reason: 'Bytes that are not UTF-8 are refused before the format check.',
    applies: (bytes: Buffer) => !isUtf8(bytes),
  },
] as const

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** What is compared, as lines of text; of an exception of System.Text.Json and of .NET's names for enumerations only the type. */
interface Said {
  readonly verdict: string
  readonly codes: string
  readonly paths: string
  readonly places: string
  readonly messages: string
}

const MEASURES = ['verdict', 'codes', 'paths', 'places', 'messages'] as const

function throwing(exception: string): Said {
  const type = exception.slice(0, exception.indexOf(':'))
  const isTypeOnly = type === 'JsonException' || exception.includes('for which no mapping was found')
  const codes = isTypeOnly ? type : exception
  return { verdict: 'throws', codes, paths: codes, places: codes, messages: codes }
}

type Place = readonly [code: string, path: string, line: number, position: number, severity: string, message: string]

function reporting(issues: readonly Place[]): Said {
  const lines = (of: (issue: Place) => string): string => issues.map(of).join('\n')
  return {
    verdict: issues.length === 0 ? 'accepted' : 'refused',
    codes: lines(([code, , , , severity]) => `${code} ${severity}`),
    paths: lines(([code, path]) => `${code} ${path}`),
    places: lines(([code, , line, position]) => `${code} ${line}:${position}`),
    messages: lines(([code, , , , , message]) => `${code} ${message}`),
  }
}

function recordedAs(recorded: Recorded): Said {
  if ('throws' in recorded) return throwing(recorded.throws)
  const issues = recorded.map(
    ([code, path, line, position, severity, message]): Place => [
      code,
      path ?? '',
      line,
      position,
      severity.toLowerCase(),
      message,
    ],
  )
  return reporting(issues)
}

/** Messages of the record are cut after 300 characters. */
const cut = (message: string): string => (message.length > 300 ? `${message.slice(0, 300)}…` : message)

function ours({ issues }: StrictResult): Said {
  const [first] = issues
  if (first !== undefined && first.firely === undefined) {
    return throwing(String(first.evidence?.exception ?? 'JsonException: '))
  }
  const places = issues.map(({ code, severity, message, firely }): Place => {
    if (firely === undefined) throw new Error(`${code} has no place of the library`)
    return [code, firely.path, firely.line, firely.position, severity, cut(message)]
  })
  return reporting(places)
}

/** The inputs of a file that a version said something else of, by what differs; and how many are equal, in a line of text. */
function compare(inputs: readonly RecordedInput[], sdk: 5 | 6): Readonly<Record<string, readonly string[]>> {
  const different = new Map(MEASURES.map((measure) => [measure, [] as string[]]))
  for (const { id, bytes, strict5, strict6 } of inputs) {
    const wanted = recordedAs(sdk === 5 ? strict5 : strict6)
    const found = ours(validateStrict(bytes.toString('utf8'), { ...STRICT_DEFAULTS, sdk }))
    for (const measure of MEASURES) if (wanted[measure] !== found[measure]) different.get(measure)?.push(id)
  }
  const figures = MEASURES.map((measure) => `${measure} ${inputs.length - (different.get(measure)?.length ?? 0)}`)
  process.stdout.write(`SDK ${sdk}: of ${inputs.length} inputs equal ${figures.join(', ')}\n`)
  return Object.fromEntries(different)
}

describe('both versions said the same of every recorded input: codes in order, paths, places, messages', () => {
  test.for(FILES)('%s', (name, { skip }) => {
    if (!HAS_RECORDED) skip('the recorded verdicts are not here')
    const all = recordedInputs(name).filter(({ bytes }) => !DIFFERENCES.some(({ applies }) => applies(bytes)))
    const inputs = all.filter(({ id }) => isSampled(id))
    const equal = { verdict: [], codes: [], paths: [], places: [], messages: [] }
    expect(SDKS.map((sdk) => compare(inputs, sdk))).toEqual([equal, equal])
    expect(all.length).toBeGreaterThan(1000)
  })
})

test.for(DIFFERENCES)('differs on purpose: $reason', ({ applies }, { skip }) => {
  if (!HAS_RECORDED) skip('the recorded verdicts are not here')
  const inputs = recordedInputs('files').filter(({ bytes }) => applies(bytes))
  expect(inputs.map(({ strict5 }) => 'throws' in strict5 && strict5.throws.startsWith('JsonException'))).not.toContain(
    false,
  )
  expect(inputs.length).toBeGreaterThan(0)
})

/** An issue of an OperationOutcome without what the simulator adds. */
interface OutcomeIssue {
  readonly extension?: unknown
}

describe.each(SDKS)('the OperationOutcome that SDK %i made', (sdk) => {
  test('has the same issues, member for member', ({ skip }) => {
    if (!HAS_RECORDED) skip('the recorded verdicts are not here')
    const made = recordedOutcomes().filter((line) => isOutcome(sdk === 5 ? line.outcome5 : line.outcome6))
    for (const { id, text, outcome5, outcome6 } of made) {
      const { issues } = validateStrict(text, { ...STRICT_DEFAULTS, sdk })
      const outcome = operationOutcome(issues, 'jft') as { readonly issue: readonly OutcomeIssue[] }
      const issue = outcome.issue.map(({ extension, ...rest }) => rest)
      expect({ id, resourceType: 'OperationOutcome', issue }).toEqual({
        id,
        ...((sdk === 5 ? outcome5 : outcome6) as object),
      })
    }
    expect(made.length).toBeGreaterThan(200)
  })
})

const isOutcome = (outcome: unknown): boolean => typeof outcome === 'object' && outcome !== null && 'issue' in outcome
